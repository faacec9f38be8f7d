package dev.concord.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.concord.record.Json;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.MapPropertySource;

@ExtendWith(OutputCaptureExtension.class)
class LogFormTest {

    private static final Logger LOG = LoggerFactory.getLogger("dev.concord.LogFormTest");

    /** Other tests share the log. */
    @AfterEach
    void writeTextAgain() {
        new LogForm().initialize(new GenericApplicationContext());
    }

    @ParameterizedTest
    @ValueSource(strings = {"ecs", "logstash"})
    void aLineIsOneObjectThatSaysWhichRunItIsOf(String format, CapturedOutput output) {
        try (GenericApplicationContext context = new GenericApplicationContext()) {
            context.getEnvironment()
                    .getPropertySources()
                    .addFirst(new MapPropertySource("test", Map.of("logging.structured.format.console", format)));
            new LogForm().initialize(context);
            context.refresh();
            try (MDC.MDCCloseable _ = MDC.putCloseable("run", "4711");
                    MDC.MDCCloseable _ = MDC.putCloseable("mapping", "hr-to-users")) {
                LOG.info("Two\nlines");
            }
            String line = output.getErr().lines().reduce((first, last) -> last).orElseThrow();
            assertThat(Json.readObject(line))
                    .containsEntry("message", "Two\nlines")
                    .containsEntry("run", "4711")
                    .containsEntry("mapping", "hr-to-users");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ecs", "logstash", "gelf"})
    void exceptionsAreShownWithoutMessagesThatMayHoldValues(String format, CapturedOutput output) {
        try (GenericApplicationContext context = new GenericApplicationContext()) {
            context.getEnvironment()
                    .getPropertySources()
                    .addFirst(new MapPropertySource("test", Map.of("logging.structured.format.console", format)));
            new LogForm().initialize(context);
            context.refresh();
            IllegalStateException thrown =
                    new IllegalStateException("of Jolanthe", new NumberFormatException("Lovelace"));
            thrown.addSuppressed(new IllegalArgumentException("Byron"));
            LOG.error("It failed.", thrown);
        }
        assertThat(output.getErr())
                .contains("It failed.", "IllegalStateException", "NumberFormatException", "LogFormTest.java:")
                .doesNotContain("Jolanthe", "Lovelace", "Byron");
    }

    @Test
    void messagesOfExceptionsThatHoldNoValuesAreShown(CapturedOutput output) {
        LOG.error("It failed.", new NullPointerException("Cannot invoke \"x\""));
        assertThat(output.getErr()).contains("NullPointerException: Cannot invoke \"x\"");
    }

    @Test
    void withoutTheSettingLinesAreTextAlsoAfterAContextThatHadIt(CapturedOutput output) {
        try (GenericApplicationContext context = new GenericApplicationContext()) {
            context.getEnvironment()
                    .getPropertySources()
                    .addFirst(new MapPropertySource("test", Map.of("logging.structured.format.console", "ecs")));
            new LogForm().initialize(context);
            context.refresh();
        }
        LOG.info("last");
        assertThat(output.getErr()).contains("\"message\":\"last\"");
        try (GenericApplicationContext context = new GenericApplicationContext()) {
            new LogForm().initialize(context);
            context.refresh();
            LOG.info("plain");
        }
        assertThat(output.getErr()).contains("INFO  LogFormTest plain");
    }
}
