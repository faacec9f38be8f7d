package dev.concord.cli;

import dev.concord.guard.Guards;
import dev.concord.ledger.Run;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Progress on a terminal: one line a phase, drawn again and again in its place. */
final class ProgressBar implements Progress.Display {

    private static final Duration INTERVAL = Duration.ofMillis(200);
    private static final String ERASE = "\r\u001b[K";
    private static final int NAME_COLUMNS = 8;
    private static final int LONGEST_BAR = 30;
    private static final int SHORTEST_BAR = 5;

    private final Screen screen;

    ProgressBar(Screen screen) {
        this.screen = screen;
    }

    @Override
    public void runBegins(Run run) {
        String id = Readable.shortId(run.id());
        screen.say(paint(Ink.BOLD, run.mapping())
                + paint(Ink.FAINT, "  run " + id + (run.analysis() ? ", only looks" : "")));
        if (!run.analysis() && run.parameters().containsKey(Guards.PARAMETER)) {
            screen.say(paint(Ink.FAINT, Guards.limitsOf(run).words()));
        }
    }

    @Override
    public void phaseBegins(PhaseProgress progress) {
        draw(progress);
    }

    @Override
    public void phaseGoesOn(PhaseProgress progress) {
        draw(progress);
    }

    /** What a phase came to stays on the screen, unless it had nothing to do. */
    @Override
    public void phaseEnds(PhaseProgress progress) {
        if (progress.done() == 0) {
            screen.err().print(ERASE);
        } else {
            screen.err().print(ERASE + line(progress, Readable.duration(progress.elapsed())) + "\n");
        }
        screen.err().flush();
    }

    /** What follows is the answer. */
    @Override
    public void runEnds() {
        screen.say("");
    }

    @Override
    public Duration interval() {
        return INTERVAL;
    }

    /** The cursor goes back to the line's beginning, so that a message of somebody else does not hang on its end. */
    private void draw(PhaseProgress progress) {
        screen.err().print(ERASE + line(progress, progress.restInWords()) + "\r");
        screen.err().flush();
    }

    private String line(PhaseProgress progress, String time) {
        String name = progress.name()
                + " ".repeat(Math.max(1, NAME_COLUMNS - progress.name().length()));
        String percent = progress.knowsTheEnd() ? progress.percent() + " %" : "";
        String figures = joined(progress.doneOfExpected(), percent, progress.rateInWords(), time);
        String failures = progress.failuresInWords();
        int room = screen.columns() - 1 - name.length() - figures.length() - failures.length() - 2 * 2;
        String bar = progress.knowsTheEnd() && room >= SHORTEST_BAR
                ? bar(progress.share(), Math.min(room, LONGEST_BAR)) + "  "
                : "";
        String tail = failures.isEmpty() ? "" : "  " + paint(Ink.BAD, failures);
        return name + bar + figures + tail;
    }

    private String bar(double share, int columns) {
        int full = (int) Math.round(share * columns);
        return paint(Ink.GOOD, "━".repeat(full)) + paint(Ink.FAINT, "─".repeat(columns - full));
    }

    private static String joined(String... parts) {
        return Stream.of(parts).filter(part -> !part.isEmpty()).collect(Collectors.joining("  "));
    }

    private String paint(Ink ink, String text) {
        return screen.colours() ? ink.paint(text) : text;
    }
}
