package tscollector.app.observe;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class LogLevelTest {
    @AfterEach
    void asItWas() {
        LogSetup.apply("info", LogSetup.Format.TEXT);
    }

    @Test
    void saysThatEverythingIsReadyAtEveryLevel() {
        for (String level : new String[] {"debug", "info", "warn", "error"}) {
            LogSetup.apply(level, LogSetup.Format.TEXT);

            assertThat(LoggerFactory.getLogger("service").isInfoEnabled())
                    .as(level)
                    .isTrue();
        }
    }

    @Test
    void leavesOutOfComponentsWhatIsBelowTheLevel() {
        LogSetup.apply("error", LogSetup.Format.JSON);

        assertThat(LoggerFactory.getLogger("receiver.torchserve").isWarnEnabled())
                .isFalse();
        assertThat(LoggerFactory.getLogger("service").isDebugEnabled()).isFalse();
    }
}
