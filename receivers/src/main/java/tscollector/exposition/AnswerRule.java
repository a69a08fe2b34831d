package tscollector.exposition;

import java.util.EnumSet;
import java.util.Set;
import tscollector.torchserve.ErrorType;
import tscollector.torchserve.Outcome;

/** What of a scrape's end counts as what: our own rule, or the official check's. */
enum AnswerRule {
    OWN {
        @Override
        boolean isRead(int status) {
            return status >= 200 && status < 300;
        }

        @Override
        boolean isIgnored(Outcome outcome) {
            return false;
        }
    },
    STRICT {
        @Override
        boolean isRead(int status) {
            return status < 400;
        }

        @Override
        boolean isIgnored(Outcome outcome) {
            return false;
        }
    },
    STRICT_WITHOUT_CONNECTION_ERRORS {
        @Override
        boolean isRead(int status) {
            return status < 400;
        }

        @Override
        boolean isIgnored(Outcome outcome) {
            return outcome.errorType() != null && CONNECTION_ERRORS.contains(outcome.errorType());
        }
    };

    /** What Python's client calls connection errors; that an answer takes too long, or ends too early, is none. */
    private static final Set<ErrorType> CONNECTION_ERRORS = EnumSet.of(
            ErrorType.NAME_NOT_FOUND,
            ErrorType.CONNECTION_REFUSED,
            ErrorType.CONNECT_TIMEOUT,
            ErrorType.CONNECTION_FAILED,
            ErrorType.CONNECTION_RESET,
            ErrorType.TLS_FAILED,
            ErrorType.PROXY_FAILED,
            ErrorType.PROTOCOL_ERROR);

    static AnswerRule of(ExpositionOptions options) {
        if (!options.official().isStrict()) {
            return OWN;
        }
        return options.exposition().ignoreConnectionErrors() ? STRICT_WITHOUT_CONNECTION_ERRORS : STRICT;
    }

    /** Whether the body of an answer is read. */
    abstract boolean isRead(int status);

    /** Whether a failure counts as a good scrape. */
    abstract boolean isIgnored(Outcome outcome);
}
