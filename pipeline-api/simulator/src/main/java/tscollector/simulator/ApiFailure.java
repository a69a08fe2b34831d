package tscollector.simulator;

/** A refusal in TorchServe's words: status, Java class name and message of the error body. */
@SuppressWarnings("serial")
final class ApiFailure extends IllegalArgumentException {
    private final int status;
    private final String type;

    ApiFailure(int status, String type, String message) {
        super(message);
        this.status = status;
        this.type = type;
    }

    static ApiFailure resourceNotFound() {
        return new ApiFailure(
                404, "ResourceNotFoundException", "Requested resource is not found, please refer to API document.");
    }

    static ApiFailure methodNotAllowed() {
        return new ApiFailure(
                405, "MethodNotAllowedException", "Requested method is not allowed, please refer to API document.");
    }

    static ApiFailure badRequest(String message) {
        return new ApiFailure(400, "BadRequestException", message);
    }

    static ApiFailure modelNotFound(String name) {
        return new ApiFailure(404, "ModelNotFoundException", "Model not found: " + name);
    }

    static ApiFailure versionNotFound(String name, String version) {
        return new ApiFailure(
                404,
                "ModelVersionNotFoundException",
                "Model version: " + version + " does not exist for model: " + name);
    }

    int status() {
        return status;
    }

    String type() {
        return type;
    }

    String message() {
        return String.valueOf(getMessage());
    }
}
