package dev.concord.cli;

import dev.concord.explanation.Decision;
import dev.concord.explanation.Explanation;
import dev.concord.explanation.Explanation.Side;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An explanation for people. */
final class ExplanationText {

    private static final int WIDEST = 100;

    private final Shell shell;
    private final Screen screen;
    private final Sheet sheet;
    private final Explanation explanation;

    ExplanationText(Shell shell, Explanation explanation) {
        this.shell = shell;
        this.screen = shell.screen().page(WIDEST);
        this.sheet = new Sheet(screen);
        this.explanation = explanation;
    }

    void print() {
        boolean ofTarget = explanation.subject().side() == Side.TARGET;
        screen.result(screen.paint(Ink.BOLD, explanation.mapping()) + ": " + explanation.source() + " → "
                + explanation.target());
        screen.result("");
        sheet.text(ofTarget ? "target" : "source", explanation.subject().id() + shown(ofTarget ? "target" : "source"));
        notVisited(ofTarget);
        for (Decision decision : explanation.decisions()) {
            heading(decision);
            new DecisionSheet(screen, decision, explanation.target()).print();
        }
        if (explanation.decisions().isEmpty()) {
            nothing(ofTarget);
        }
    }

    private String shown(String side) {
        if (!explanation.exists()) {
            return " (does not exist)";
        }
        Map<String, @Nullable Object> values = explanation.decisions().isEmpty()
                ? null
                : explanation.decisions().getFirst().entry().display().get(side);
        return DecisionSheet.shown(values);
    }

    private void notVisited(boolean ofTarget) {
        if (!explanation.visited()) {
            sheet.text(
                    "but",
                    "a full run does not visit it: " + (ofTarget ? "targetQuery" : "sourceQuery") + " is "
                            + explanation.filter(),
                    Ink.ODD);
        } else if (ofTarget && explanation.exists()) {
            sheet.text("", "A full run looks at it only if no source record accounted for it before.", Ink.FAINT);
        }
    }

    /** With the usual link qualifier alone there is nothing to tell apart. */
    private void heading(Decision decision) {
        boolean usual = explanation.decisions().size() == 1
                && (decision.entry().qualifier().equals("default")
                        || decision.entry().qualifier().isEmpty());
        if (!usual) {
            screen.result("");
            sheet.text("qualifier", decision.entry().qualifier(), Ink.BOLD);
        }
    }

    private void nothing(boolean ofTarget) {
        sheet.gap();
        if (!ofTarget) {
            sheet.text("in the end", "The record has no link qualifier, so nothing is decided about it.");
        } else if (explanation.exists()) {
            sheet.text("in the end", "The target is used under no link qualifier, so nothing is decided about it.");
        } else {
            sheet.text(
                    "in the end",
                    "Nothing is decided about it from this side. If a source has a link to it, `"
                            + shell.command("links " + explanation.mapping() + " --target ID") + "` shows which.");
        }
    }
}
