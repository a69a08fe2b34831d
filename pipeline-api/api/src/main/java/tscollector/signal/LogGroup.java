package tscollector.signal;

import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.resources.Resource;
import java.util.List;

/**
 * Log records of one Resource and one scope instance; every record answers those two instances.
 *
 * @param records at least one
 */
public record LogGroup(Resource resource, InstrumentationScopeInfo scope, List<LogRecord> records) {
    public LogGroup {
        records = List.copyOf(records);
        if (records.isEmpty()) {
            throw new IllegalArgumentException("a group has at least one record");
        }
        for (LogRecord logRecord : records) {
            if (logRecord.resource() != resource || logRecord.scope() != scope) {
                throw new IllegalArgumentException(
                        "a record does not share the resource and scope instance of its group");
            }
        }
    }
}
