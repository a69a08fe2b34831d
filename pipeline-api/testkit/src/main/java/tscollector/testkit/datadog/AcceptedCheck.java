package tscollector.testkit.datadog;

import java.util.List;

/**
 * One service check of {@code /api/v1/check_run}.
 *
 * @param status 0 ok, 1 warning, 2 critical, 3 unknown
 * @param timestamp seconds since 1970; 0 if it had none
 * @param message empty if it had none
 */
public record AcceptedCheck(
        String check, String hostName, int status, long timestamp, String message, List<String> tags) {
    public AcceptedCheck {
        tags = List.copyOf(tags);
    }
}
