package io.tollgate.usageapi.export.file;

/**
 * A column of an export.
 *
 * @param nullable whether a row may have nothing there
 */
public record Column(String name, CellType type, boolean nullable) {

    public static Column of(String name, CellType type) {
        return new Column(name, type, false);
    }

    public static Column orNull(String name, CellType type) {
        return new Column(name, type, true);
    }
}
