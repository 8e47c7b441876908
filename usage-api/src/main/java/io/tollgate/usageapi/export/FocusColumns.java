package io.tollgate.usageapi.export;

import io.tollgate.schemas.decimal.Decimal;
import io.tollgate.usageapi.export.FocusCharge.Line;
import io.tollgate.usageapi.export.FocusCharge.Sku;
import io.tollgate.usageapi.export.file.CellType;
import io.tollgate.usageapi.export.file.Column;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The FinOps Open Cost and Usage Specification's words for a charge (focus.finops.org, versions 1.2 and 1.4), by the alphabet.
 * Names that can be changed are not used: a closed month must stay as it is.
 */
final class FocusColumns {
    /** ISO 4217 for "no currency": of usage that costs nothing and whose model has no price. */
    static final String NO_CURRENCY = "XXX";

    private static final String CORRECTION = "Correction";
    private static final String USAGE = "Usage";
    private static final String ADJUSTMENT = "Adjustment";

    private static final Set<Profile> BOTH = Set.of(Profile.FOCUS_1_2, Profile.FOCUS_1_4);
    private static final Set<Profile> ONLY_1_2 = Set.of(Profile.FOCUS_1_2);
    private static final Set<Profile> ONLY_1_4 = Set.of(Profile.FOCUS_1_4);

    /** What a column says of a charge; the text is who sends the invoices. */
    private record Field(
            Column column, Set<Profile> versions, BiFunction<FocusCharge, String, @Nullable String> value) {}

    private static final List<Field> FIELDS = List.of(
            field("BilledCost", CellType.AMOUNT, charge -> text(charge.cost())),
            field("BillingAccountId", CellType.TEXT, FocusCharge::company),
            field("BillingAccountName", CellType.TEXT, FocusCharge::company),
            field(
                    "BillingCurrency",
                    CellType.TEXT,
                    charge -> Objects.requireNonNullElse(charge.currency(), NO_CURRENCY)),
            field("BillingPeriodEnd", CellType.TIME, charge -> time(next(charge.billed()))),
            field(
                    "BillingPeriodStart",
                    CellType.TIME,
                    charge -> time(charge.billed().atDay(1))),
            field("ChargeCategory", CellType.TEXT, charge -> charge.line() == null ? ADJUSTMENT : USAGE),
            orNull("ChargeClass", CellType.TEXT, charge -> charge.adjustment() ? CORRECTION : null),
            field("ChargeDescription", CellType.TEXT, FocusColumns::description),
            field("ChargeFrequency", CellType.TEXT, charge -> charge.line() == null ? "One-Time" : "Usage-Based"),
            field("ChargePeriodEnd", CellType.TIME, charge -> time(charge.day().plusDays(1))),
            field("ChargePeriodStart", CellType.TIME, charge -> time(charge.day())),
            ofLine("ConsumedQuantity", CellType.AMOUNT, line -> text(line.quantity())),
            ofLine("ConsumedUnit", CellType.TEXT, line -> plural(line.unit())),
            field("ContractedCost", CellType.AMOUNT, charge -> text(charge.cost())),
            ofLine("ContractedUnitPrice", CellType.AMOUNT, line -> text(line.unitPrice())),
            field("EffectiveCost", CellType.AMOUNT, charge -> text(charge.cost())),
            new Field(Column.of("HostProviderName", CellType.TEXT), ONLY_1_4, (charge, issuer) -> charge.sku()
                    .provider()),
            new Field(Column.of("InvoiceIssuerName", CellType.TEXT), BOTH, (charge, issuer) -> issuer),
            field("ListCost", CellType.AMOUNT, charge -> text(listCost(charge))),
            ofLine("ListUnitPrice", CellType.AMOUNT, line -> textOrNull(line.listUnitPrice())),
            ofLine("PricingCategory", CellType.TEXT, line -> "Standard"),
            ofLine("PricingQuantity", CellType.AMOUNT, line -> text(line.quantity())),
            ofLine("PricingUnit", CellType.TEXT, line -> plural(line.unit())),
            new Field(Column.of("ProviderName", CellType.TEXT), ONLY_1_2, (charge, issuer) -> charge.sku()
                    .provider()),
            new Field(Column.of("PublisherName", CellType.TEXT), ONLY_1_2, (charge, issuer) -> charge.sku()
                    .provider()),
            orNull("RegionId", CellType.TEXT, charge -> charge.sku().region()),
            orNull("RegionName", CellType.TEXT, charge -> charge.sku().region()),
            field("ServiceCategory", CellType.TEXT, charge -> "AI and Machine Learning"),
            field("ServiceName", CellType.TEXT, charge -> charge.sku().provider()),
            new Field(Column.of("ServiceProviderName", CellType.TEXT), ONLY_1_4, (charge, issuer) -> charge.sku()
                    .provider()),
            field("ServiceSubcategory", CellType.TEXT, charge -> "Generative AI"),
            orNull("SkuId", CellType.TEXT, charge -> ofLine(charge, line -> skuId(charge.sku(), line))),
            ofLine("SkuMeter", CellType.TEXT, Line::dimension),
            orNull(
                    "SkuPriceDetails",
                    CellType.JSON,
                    charge -> ofLine(charge, line -> priceDetails(charge.sku(), line))),
            orNull("SkuPriceId", CellType.TEXT, charge -> ofLine(charge, line -> skuPriceId(charge.sku(), line))),
            orNull("SubAccountId", CellType.TEXT, FocusCharge::user),
            orNull("SubAccountName", CellType.TEXT, FocusCharge::user),
            orNull("SubAccountType", CellType.TEXT, charge -> charge.user() == null ? null : "User"),
            field("Tags", CellType.JSON, charge -> Objects.requireNonNull(ExactJson.of(charge.labels()))),
            orNull("x_AuthId", CellType.TEXT, FocusCharge::authId),
            ofLine("x_Dimension", CellType.TEXT, Line::dimension),
            orNull("x_KnownListCost", CellType.AMOUNT, charge -> textOrNull(charge.listCost())),
            field("x_LedgerRows", CellType.INTEGER, charge -> Long.toString(charge.rows())),
            field("x_Model", CellType.TEXT, charge -> charge.sku().model()),
            orNull(
                    "x_OriginalPeriod",
                    CellType.TEXT,
                    charge -> charge.adjustment() ? YearMonth.from(charge.day()).toString() : null),
            orNull("x_ServiceTier", CellType.TEXT, charge -> charge.sku().serviceTier()),
            ofLine("x_TierFrom", CellType.AMOUNT, line -> textOrNull(line.tierFrom())),
            orNull("x_Variant", CellType.TEXT, charge -> charge.sku().variant()));

    private FocusColumns() {}

    static List<Column> of(Profile version) {
        return fields(version).map(Field::column).toList();
    }

    /** The cells of a row. */
    static List<@Nullable String> cells(Profile version, FocusCharge charge, String invoiceIssuer) {
        List<@Nullable String> cells = new ArrayList<>();
        fields(version).forEach(field -> cells.add(field.value.apply(charge, invoiceIssuer)));
        return cells;
    }

    private static Stream<Field> fields(Profile version) {
        return FIELDS.stream().filter(field -> field.versions.contains(version));
    }

    @FunctionalInterface
    private interface OfCharge {
        @Nullable
        String of(FocusCharge charge);
    }

    @FunctionalInterface
    private interface OfLine {
        @Nullable
        String of(Line line);
    }

    private static Field field(String name, CellType type, OfCharge value) {
        return new Field(Column.of(name, type), BOTH, (charge, issuer) -> value.of(charge));
    }

    private static Field orNull(String name, CellType type, OfCharge value) {
        return new Field(Column.orNull(name, type), BOTH, (charge, issuer) -> value.of(charge));
    }

    private static Field ofLine(String name, CellType type, OfLine value) {
        return orNull(name, type, charge -> ofLine(charge, value));
    }

    private static @Nullable String ofLine(FocusCharge charge, OfLine value) {
        return charge.line() == null ? null : value.of(charge.line());
    }

    /** By the specification what has no list unit price lists what it costs. */
    private static BigDecimal listCost(FocusCharge charge) {
        Line line = charge.line();
        BigDecimal known = line == null || line.listUnitPrice() == null ? null : charge.listCost();
        return Objects.requireNonNullElse(known, charge.cost());
    }

    private static String description(FocusCharge charge) {
        Sku sku = charge.sku();
        String what = charge.line() == null
                ? "usage whose lines are not in the ledger"
                : charge.line().dimension() + " in " + plural(charge.line().unit());
        return parts(sku.provider() + " " + sku.model() + ": " + what, sku.serviceTier(), sku.region(), sku.variant())
                .collect(Collectors.joining(", "));
    }

    private static String skuId(Sku sku, Line line) {
        return sku.provider() + "/" + sku.model() + "/" + line.dimension();
    }

    /** Of what a price is looked for by, and not of what it is: by the specification it outlives the amount. */
    private static String skuPriceId(Sku sku, Line line) {
        return skuId(sku, line) + "/" + slot(sku.serviceTier()) + "/" + slot(sku.region()) + "/" + slot(sku.variant())
                + "/" + (line.tierFrom() == null ? "0" : text(line.tierFrom()));
    }

    private static String slot(@Nullable String word) {
        return word == null ? "-" : word;
    }

    private static String priceDetails(Sku sku, Line line) {
        return ExactJson.object(
                "x_Dimension", line.dimension(),
                "x_Model", sku.model(),
                "x_ServiceTier", sku.serviceTier(),
                "x_TierFrom", textOrNull(line.tierFrom()),
                "x_Variant", sku.variant());
    }

    private static Stream<String> parts(String first, @Nullable String... others) {
        return Stream.concat(
                Stream.of(first), Stream.of(others).filter(Objects::nonNull).map(Objects::requireNonNull));
    }

    /** {@code token} is {@code Tokens}, {@code audio_second} {@code Audio Seconds}. */
    static String plural(String unit) {
        String words = Stream.of(unit.split("_"))
                .filter(word -> !word.isEmpty())
                .map(word -> Character.toUpperCase(word.charAt(0)) + word.substring(1))
                .collect(Collectors.joining(" "));
        return words.endsWith("s") ? words : words + "s";
    }

    private static LocalDate next(YearMonth month) {
        return month.plusMonths(1).atDay(1);
    }

    private static String time(LocalDate day) {
        return day + "T00:00:00Z";
    }

    private static String text(BigDecimal amount) {
        return Decimal.of(amount).toString();
    }

    private static @Nullable String textOrNull(@Nullable BigDecimal amount) {
        return amount == null ? null : text(amount);
    }
}
