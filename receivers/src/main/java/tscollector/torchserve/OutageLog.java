package tscollector.torchserve;

import java.util.function.Supplier;
import org.slf4j.Logger;
import tscollector.component.BuildContext;
import tscollector.kit.time.Outage;

/**
 * The log lines about one API of one server: when it stops answering as it should, with the reason, and when it is back. One
 * thread at a time.
 */
final class OutageLog {
    private final Outage outage;
    private final Logger logger;
    private final String what;
    private final Supplier<String> remedy;
    private boolean remedySaid;

    /** @param remedy what to do when the server refuses the credentials, or the lack of them */
    OutageLog(Api api, String address, Supplier<String> remedy, BuildContext context) {
        this.remedy = remedy;
        this.what = "Asking the " + api.words() + " at " + address;
        this.logger = context.logger();
        this.outage = new Outage(logger, context.clock(), what);
    }

    /** To be told how each run ended. */
    void run(Outcome outcome) {
        boolean refused = outcome.errorType() == ErrorType.INVALID_KEY
                || outcome.errorType() == ErrorType.UNAUTHORIZED
                || outcome.errorType() == ErrorType.FORBIDDEN;
        if (outcome.isOk()) {
            remedySaid = false;
            outage.recovered();
        } else if (refused && !remedySaid && outage.isFailing()) {
            // It was away first; this is new, and has a remedy.
            logger.warn("{} failed: {}; {}.", what, outcome.message(), remedy.get());
        } else {
            outage.failing(refused ? outcome.message() + "; " + remedy.get() : outcome.message());
        }
        remedySaid |= refused;
    }
}
