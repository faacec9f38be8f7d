package dev.concord.cli;

import dev.concord.guard.Guards;
import dev.concord.ledger.Run;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Progress where nobody watches: a line when a phase begins and ends, and now and then between. */
final class ProgressLines implements Progress.Display {

    private static final Duration INTERVAL = Duration.ofSeconds(10);

    private final Screen screen;

    ProgressLines(Screen screen) {
        this.screen = screen;
    }

    @Override
    public void runBegins(Run run) {
        screen.say(run.mapping() + ": run " + run.id() + (run.analysis() ? " only looks" : " works"));
        if (!run.analysis() && run.parameters().containsKey(Guards.PARAMETER)) {
            screen.say(Guards.limitsOf(run).words());
        }
    }

    @Override
    public void phaseBegins(PhaseProgress progress) {
        if (progress.knowsTheEnd()) {
            screen.say(progress.name() + ": " + Readable.count(progress.expected(), "record", "records"));
        }
    }

    @Override
    public void phaseGoesOn(PhaseProgress progress) {
        String percent = progress.knowsTheEnd() ? " (" + progress.percent() + " %)" : "";
        screen.say(line(
                progress.name() + ": " + progress.doneOfExpected() + percent,
                List.of(progress.rateInWords(), progress.restInWords(), progress.failuresInWords())));
    }

    @Override
    public void phaseEnds(PhaseProgress progress) {
        String end = progress.done() == 0
                ? "nothing to do"
                : "ended after " + Readable.count(progress.done(), "record", "records") + " in "
                        + Readable.duration(progress.elapsed());
        String rate = progress.done() == 0 ? "" : progress.rateInWords();
        screen.say(line(progress.name() + ": " + end, List.of(rate, progress.failuresInWords())));
    }

    @Override
    public void runEnds() {}

    @Override
    public Duration interval() {
        return INTERVAL;
    }

    private static String line(String begin, List<String> parts) {
        return Stream.concat(Stream.of(begin), parts.stream().filter(part -> !part.isEmpty()))
                .collect(Collectors.joining(", "));
    }
}
