package io.tollgate.standalone.admin;

import io.tollgate.standalone.client.HttpApi;
import io.tollgate.standalone.client.HttpApi.Answer;
import java.io.IOException;
import java.util.function.Consumer;
import tools.jackson.databind.node.ObjectNode;

/** Changes some members of a record and leaves the others; refused where somebody else changes it in between. */
final class Edit {
    private static final int NOT_FOUND = 404;

    private Edit() {}

    /** The answer to the change, or to the look at the record where that was refused. */
    static Answer of(HttpApi api, String path, Consumer<ObjectNode> change) throws IOException, InterruptedException {
        Answer known = api.get(path);
        if (known.status() == NOT_FOUND) {
            ObjectNode fresh = HttpApi.MAPPER.createObjectNode();
            change.accept(fresh);
            return api.send("PUT", path, fresh, "If-None-Match", "*");
        }
        if (!known.isOk()) {
            return known;
        }
        ObjectNode next = known.json().asObject();
        change.accept(next);
        return api.send(
                "PUT", path, next, "If-Match", "\"" + next.path("version").asString("") + "\"");
    }
}
