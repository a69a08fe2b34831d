package tscollector.torchserve;

import io.opentelemetry.api.common.Attributes;

/**
 * What a receiver says about its runs besides their data.
 *
 * @param rule how an outcome becomes the health metric
 * @param scrapeNumbers whether {@code up} and the like are sent
 * @param health whether the health metric is sent
 * @param address what stands on every point to tell which address it is from; may be empty
 */
public record Reporting(HealthRule rule, boolean scrapeNumbers, boolean health, Attributes address) {
    /** What the settings say for one API of one server. */
    public static Reporting of(Api api, Target target, OfficialConfig official) {
        return new Reporting(
                HealthRule.of(api, official.isStrict()),
                !official.isOfficialOnly(),
                true,
                Attributes.of(api.address(), target.address()));
    }

    public Reporting withHealth(boolean sent) {
        return new Reporting(rule, scrapeNumbers, sent, address);
    }

    public Reporting withoutAddress() {
        return new Reporting(rule, scrapeNumbers, health, Attributes.empty());
    }
}
