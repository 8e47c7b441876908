package io.tollgate.standalone.send;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class ItemsTest {
    private static final int LARGEST = 100;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"id\":\"1\"}\n{\"id\":\"2\"}\n",
                "{\"id\":\"1\"}\r\n\r\n{\"id\":\"2\"}",
                "[{\"id\":\"1\"},{\"id\":\"2\"}]",
                "\n [\n{\"id\":\"1\"},\n{\"id\":\"2\"}\n]\n",
                "{\n \"id\": \"1\"\n}\n{\n \"id\": \"2\"\n}\n",
                "[{\"id\":\"1\"}]\n[{\"id\":\"2\"}]\n",
                "{\"id\":\"1\"} {\"id\":\"2\"}",
            })
    void everyFormIsRead(String text) throws IOException {
        assertThat(ids(text.getBytes(UTF_8))).containsExactly("1", "2");
        assertThat(ids(packed(text))).containsExactly("1", "2");
    }

    @Test
    void anEventStandsOnItsLineInTheBytesOfTheFile() throws IOException {
        List<Item> items = read("\n{\"id\":\"1\",\"n\":1.50}\n\n  {\"id\":\"2\"}\n".getBytes(UTF_8));
        assertThat(items).extracting(Item::line).containsExactly(2L, 4L);
        assertThat(new String(items.get(0).json(), UTF_8)).isEqualTo("{\"id\":\"1\",\"n\":1.50}");
        assertThat(read("[\n {\"id\":\"1\"},\n\n {\"id\":\"2\"}]".getBytes(UTF_8)))
                .extracting(Item::line)
                .containsExactly(2L, 4L);
    }

    @Test
    void aBadLineDoesNotSinkTheNext() throws IOException {
        List<Item> items = read(
                ("{\"id\":\"1\"}\n{\"id\":\n[]\n7\n" + "x".repeat(LARGEST + 1) + "\n{\"id\":\"2\"}\n").getBytes(UTF_8));
        assertThat(items)
                .extracting(item -> item.line() + " "
                        + (item.objection() == null ? "" : item.objection().code()))
                .containsExactly("1 ", "2 invalid_json", "3 invalid_event", "4 invalid_event", "5 too_large", "6 ");
    }

    @Test
    void behindABrokenArrayNothingIsRead() throws IOException {
        List<Item> items = read("[{\"id\":\"1\"},\n{\"id\":}, {\"id\":\"2\"}]".getBytes(UTF_8));
        assertThat(items).hasSize(2);
        assertThat(items.get(1).objection()).isNotNull();
        assertThat(items.get(1).line()).isEqualTo(2);
        assertThat(read("not json at all".getBytes(UTF_8)))
                .singleElement()
                .extracting(Item::objection)
                .hasFieldOrPropertyWithValue("code", "invalid_json");
    }

    @Test
    void nothingIsNothing() throws IOException {
        assertThat(read(new byte[0])).isEmpty();
        assertThat(read("\n \n".getBytes(UTF_8))).isEmpty();
        assertThat(read("[]".getBytes(UTF_8))).isEmpty();
    }

    /** 300 MB of lines in a heap that the test shares with others: whoever kept them would not get far. */
    @Test
    void aFileOfAnySizeIsReadInTheMemoryOfOneEvent() throws IOException {
        byte[] line = ("{\"id\":\"1\",\"x\":\"" + "y".repeat(60) + "\"}\n").getBytes(UTF_8);
        long lines = 1_000_000;
        InputStream endless = new InputStream() {
            private long at;

            @Override
            public int read() {
                return at < lines * line.length ? line[(int) (at++ % line.length)] : -1;
            }

            @Override
            public int read(byte[] into, int from, int length) {
                long many = Math.min(length, lines * line.length - at);
                for (int i = 0; i < many; i++) {
                    into[from + i] = (byte) read();
                }
                return many == 0 ? -1 : (int) many;
            }
        };
        long count = 0;
        try (Items items = Items.of("endless", endless, LARGEST)) {
            while (items.next() != null) {
                count++;
            }
        }
        assertThat(count).isEqualTo(lines);
    }

    private static List<String> ids(byte[] file) throws IOException {
        return read(file).stream()
                .map(item ->
                        JsonMapper.shared().readTree(item.json()).path("id").asString())
                .toList();
    }

    private static List<Item> read(byte[] file) throws IOException {
        List<Item> read = new ArrayList<>();
        try (Items items = Items.of("file", new ByteArrayInputStream(file), LARGEST)) {
            for (Item item = items.next(); item != null; item = items.next()) {
                read.add(item);
            }
        }
        return read;
    }

    private static byte[] packed(String text) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(packed)) {
            out.write(text.getBytes(UTF_8));
        }
        return packed.toByteArray();
    }
}
