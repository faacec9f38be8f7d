package dev.concord.script;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.concord.mapping.Place;
import dev.concord.mapping.ScriptSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class ScriptLogTest {

    private final Logger logger = (Logger) LoggerFactory.getLogger("dev.concord.script");
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

    @BeforeEach
    void listen() {
        lines.start();
        logger.addAppender(lines);
        logger.setLevel(Level.DEBUG);
    }

    @AfterEach
    void stop() {
        logger.detachAppender(lines);
        logger.setLevel(null);
    }

    private List<String> log(boolean values, String text) {
        try (GraalScripts scripts = new GraalScripts(ScriptLimits.DEFAULT, name -> null, values)) {
            scripts.run(
                    new ScriptSource(text, null, Map.of(), new Place("hr.yaml", 3, "/onCreate")),
                    Map.of("source", Map.of("mail", "ann@example.com", "age", 41)),
                    new SampleObjects());
        }
        return lines.list.stream()
                .map(e -> e.getLevel() + " " + e.getFormattedMessage())
                .toList();
    }

    @Test
    void lines_say_what_the_author_wrote_and_of_which_type_the_values_are() {
        assertThat(
                        log(
                                false,
                                "logger.info('mail {} of {} at {}', source.mail, source, source.age); logger.debug('plain {}')"))
                .containsExactly(
                        "INFO hr.yaml:3 /onCreate: mail <string> of <object> at <number>",
                        "DEBUG hr.yaml:3 /onCreate: plain {}");
    }

    @Test
    void messages_that_hold_values_are_not_shown() {
        assertThat(log(false, "logger.warn('mail ' + source.mail); logger.error(source); logger.trace('x')"))
                .containsExactly(
                        "WARN hr.yaml:3 /onCreate: <message of 20 characters that holds values>",
                        "ERROR hr.yaml:3 /onCreate: <message of 8 characters that holds values>");
    }

    @Test
    void values_are_shown_when_that_is_wanted_but_stay_on_their_line() {
        assertThat(log(true, "logger.info('mail {}, {}', source.mail, 'a\\nb'); logger.info('to ' + source.mail)"))
                .containsExactly(
                        "INFO hr.yaml:3 /onCreate: mail ann@example.com, a b",
                        "INFO hr.yaml:3 /onCreate: to ann@example.com");
    }

    @Test
    void there_are_only_so_many_lines_in_a_call() {
        assertThat(log(false, "for (var i = 0; i < 5000; i++) { logger.info('again') }"))
                .hasSize(100);
    }
}
