package tscollector.torchserve;

/**
 * Which value the health metric has after an outcome, and whether it says why. The outcome itself, its state and {@code error.type}
 * are the same under every rule.
 */
public enum HealthRule {
    /** Our own: the state's value, and a message whenever it is not ok. */
    BY_STATE {
        @Override
        double value(Outcome outcome) {
            return outcome.state().value();
        }

        @Override
        boolean saysWhy(Outcome outcome) {
            return !outcome.isOk();
        }
    },
    /** The official check's for metrics: ok as soon as the head of an answer below 400 is there, whatever its body. */
    BY_HEAD {
        @Override
        double value(Outcome outcome) {
            return headCame(outcome) ? OK : CRITICAL;
        }

        @Override
        boolean saysWhy(Outcome outcome) {
            return !headCame(outcome);
        }
    },
    /** The official check's for the inference API: likewise, and it never says why. */
    BY_HEAD_SILENT {
        @Override
        double value(Outcome outcome) {
            return headCame(outcome) ? OK : CRITICAL;
        }

        @Override
        boolean saysWhy(Outcome outcome) {
            return false;
        }
    },
    /** The official check's for the management API: ok if there is a list, and it never says why. */
    BY_LIST_SILENT {
        @Override
        double value(Outcome outcome) {
            return outcome.isOk() ? OK : CRITICAL;
        }

        @Override
        boolean saysWhy(Outcome outcome) {
            return false;
        }
    };

    private static final double OK = 0;
    private static final double CRITICAL = 2;

    /** The rule for the health of {@code api}. */
    static HealthRule of(Api api, boolean strict) {
        if (!strict) {
            return BY_STATE;
        }
        return switch (api) {
            case OPENMETRICS -> BY_HEAD;
            case INFERENCE -> BY_HEAD_SILENT;
            case MANAGEMENT -> BY_LIST_SILENT;
        };
    }

    abstract double value(Outcome outcome);

    /** Whether the point has an {@code error.message}. */
    abstract boolean saysWhy(Outcome outcome);

    /** What is not HTTP has no head, and is a failed connection there. */
    private static boolean headCame(Outcome outcome) {
        return outcome.isOk()
                || (outcome.state() == ApiState.INVALID && outcome.errorType() != ErrorType.PROTOCOL_ERROR);
    }
}
