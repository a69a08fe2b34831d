package tscollector.testkit.datadog;

/** The double does not take a request. */
final class Refusal extends Exception {
    private static final long serialVersionUID = 1L;

    private final int status;

    Refusal(int status, String reason) {
        super(reason);
        this.status = status;
    }

    static Refusal bad(String reason) {
        return new Refusal(400, reason);
    }

    static void unless(boolean holds, String reason) throws Refusal {
        if (!holds) {
            throw bad(reason);
        }
    }

    int status() {
        return status;
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
