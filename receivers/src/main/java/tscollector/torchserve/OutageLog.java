package tscollector.torchserve;

import org.slf4j.Logger;
import tscollector.component.BuildContext;
import tscollector.kit.time.Outage;

/**
 * The log lines about one API of one server: when it stops answering as it should, with the reason, and when it is back. One
 * thread at a time.
 */
final class OutageLog {
    private static final String KEY_HINT =
            "TorchServe's token authorization is on: set auth.torchserve_key_file to the path of the key_file.json that the server writes "
                    + "into its working directory (keys in it expire, and are renewed through the server's token API)";

    private final Outage outage;
    private final Logger logger;
    private final String what;
    private boolean keySaid;

    OutageLog(Api api, String address, BuildContext context) {
        this.what = "Asking the " + api.words() + " at " + address;
        this.logger = context.logger();
        this.outage = new Outage(logger, context.clock(), what);
    }

    /** To be told how each run ended. */
    void run(Outcome outcome) {
        boolean wantsKey = outcome.errorType() == ErrorType.INVALID_KEY;
        if (outcome.isOk()) {
            keySaid = false;
            outage.recovered();
        } else if (wantsKey && !keySaid && outage.isFailing()) {
            logger.warn(
                    "{} failed: {}. {}.",
                    what,
                    outcome.message(),
                    KEY_HINT); // it was away first; this is new, and has a remedy
        } else {
            outage.failing(wantsKey ? outcome.message() + ". " + KEY_HINT : outcome.message());
        }
        keySaid |= wantsKey;
    }
}
