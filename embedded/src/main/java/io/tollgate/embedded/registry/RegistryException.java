package io.tollgate.embedded.registry;

/** A request that is refused, with Confluent's error code, whose first three digits are the HTTP status. */
final class RegistryException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int code;

    private RegistryException(int code, String message) {
        super(message);
        this.code = code;
    }

    static RegistryException subjectNotFound(String subject) {
        return new RegistryException(40401, "Subject '" + subject + "' not found.");
    }

    static RegistryException versionNotFound(String version) {
        return new RegistryException(40402, "Version " + version + " not found.");
    }

    static RegistryException schemaNotFound() {
        return new RegistryException(40403, "Schema not found");
    }

    static RegistryException subjectHasNoLevel(String subject) {
        return new RegistryException(
                40408, "Subject '" + subject + "' does not have subject-level compatibility configured");
    }

    static RegistryException incompatible(String details) {
        return new RegistryException(409, "Schema being registered is incompatible with an earlier schema: " + details);
    }

    static RegistryException invalidSchema(String reason) {
        return new RegistryException(42201, "Invalid schema: " + reason);
    }

    static RegistryException invalidVersion(String version) {
        return new RegistryException(
                42202, "The specified version '" + version + "' is not a number from 1 up, nor \"latest\".");
    }

    static RegistryException invalidLevel(String level) {
        return new RegistryException(42203, "Invalid compatibility level '" + level + "'");
    }

    static RegistryException unreadableBody(String reason) {
        return new RegistryException(422, reason);
    }

    static RegistryException noSuchResource() {
        return new RegistryException(404, "HTTP 404 Not Found: this embedded registry serves a part of the interface");
    }

    int code() {
        return code;
    }

    int status() {
        return code > 999 ? code / 100 : code;
    }
}
