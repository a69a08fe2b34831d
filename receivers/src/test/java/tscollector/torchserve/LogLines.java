package tscollector.torchserve;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.slf4j.Logger;

/** What was logged to one logger from now on. */
public final class LogLines {
    private final ListAppender<ILoggingEvent> appender = new ListAppender<>();

    public LogLines(Logger logger) {
        appender.start();
        ((ch.qos.logback.classic.Logger) logger).setLevel(Level.DEBUG); // the console may want less
        ((ch.qos.logback.classic.Logger) logger).addAppender(appender);
    }

    public List<String> at(Level level) {
        return appender.list.stream()
                .filter(event -> event.getLevel() == level)
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    public List<String> warnings() {
        return at(Level.WARN);
    }
}
