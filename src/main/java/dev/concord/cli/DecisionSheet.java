package dev.concord.cli;

import dev.concord.cli.Table.Cell;
import dev.concord.cli.Table.Column;
import dev.concord.explanation.Answer;
import dev.concord.explanation.Check;
import dev.concord.explanation.Decision;
import dev.concord.explanation.RuleTried;
import dev.concord.explanation.Search;
import dev.concord.explanation.StepTaken;
import dev.concord.explanation.Summary;
import dev.concord.ledger.Entry;
import dev.concord.ledger.Phase;
import dev.concord.mapping.Action;
import dev.concord.mapping.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One decision for people who have never seen the code: what was found, what follows, what would be done. */
final class DecisionSheet {

    private static final int CANDIDATES_SHOWN = 10;

    private final Screen screen;
    private final Sheet sheet;
    private final Decision decision;
    private final Entry entry;
    private final String targetSet;

    DecisionSheet(Screen screen, Decision decision, String targetSet) {
        this.screen = screen;
        this.sheet = new Sheet(screen);
        this.decision = decision;
        this.entry = decision.entry();
        this.targetSet = targetSet;
    }

    void print() {
        link();
        validity();
        correlation();
        situation();
        rules();
        action();
        steps();
        rows();
        changes();
        end();
    }

    private void link() {
        if (decision.link() != null && decision.phase() == Phase.SOURCE) {
            sheet.text("link", "to target " + decision.link().targetId() + shown("target"));
        } else if (decision.link() != null) {
            sheet.text("link", "from source " + decision.link().sourceId() + shown("source"));
        } else if (!entry.qualifier().isEmpty()) {
            sheet.text("link", "none");
        }
    }

    private String shown(String side) {
        return shown(entry.display().get(side));
    }

    static String shown(@Nullable Map<String, @Nullable Object> values) {
        return values == null || values.isEmpty()
                ? ""
                : values.values().stream().map(Readable::value).collect(Collectors.joining(" ", " (", ")"));
    }

    private void validity() {
        if (decision.checks().stream().allMatch(check -> check.answer() == Answer.NOT_ASKED)) {
            return;
        }
        Table table = new Table(sheet.beside(), Column.word(""), Column.word(""), Column.text(""));
        table.withoutTitles();
        for (Check check : decision.checks()) {
            table.row(answer(check), Cell.of(check.name()), text(check));
        }
        sheet.painted("valid", table.lines());
    }

    private static Cell answer(Check check) {
        return switch (check.answer()) {
            case YES -> new Cell("yes", Ink.GOOD);
            case NO -> new Cell("no", Ink.ODD);
            case FAILED -> new Cell("failed", Ink.BAD);
            case NOT_ASKED -> new Cell("not asked", Ink.FAINT);
        };
    }

    private static Cell text(Check check) {
        return new Cell(oneLine(check.text()), Ink.FAINT);
    }

    static String oneLine(String text) {
        return Readable.harmless(text.strip().replaceAll("\\s+", " "));
    }

    private void correlation() {
        Search search = decision.search();
        if (search == null) {
            return;
        }
        if (search.asked() == null) {
            sheet.text("correlation", "not asked: " + search.reason(), Ink.FAINT);
            return;
        }
        sheet.text("correlation", search.asked());
        if (search.reason() != null) {
            sheet.text("", "→ " + search.reason(), Ink.BAD);
            return;
        }
        List<Search.Candidate> candidates = search.candidates();
        List<Cell> found = new ArrayList<>();
        for (Search.Candidate candidate : candidates.subList(0, Math.min(CANDIDATES_SHOWN, candidates.size()))) {
            String owner = candidate.linkedSourceId() == null
                    ? "free"
                    : "linked to source " + Readable.harmless(candidate.linkedSourceId());
            found.add(Cell.of("→ " + Readable.harmless(candidate.id()) + shown(candidate.display()) + ", " + owner));
        }
        if (candidates.size() > found.size() || search.truncated()) {
            found.add(Cell.of("→ and more"));
        }
        sheet.lines("", found.isEmpty() ? List.of(Cell.of("→ nobody")) : found);
    }

    private void situation() {
        if (entry.situation() != null) {
            sheet.gap();
            sheet.text("situation", entry.situation().name(), Ink.BOLD);
            sheet.text("", String.valueOf(decision.why()));
        }
    }

    private void rules() {
        if (decision.rules().isEmpty()) {
            return;
        }
        Table table = new Table(sheet.beside(), Column.word(""), Column.text(""), Column.word(""));
        table.withoutTitles();
        for (RuleTried rule : decision.rules()) {
            table.row(
                    List.of(applies(rule), Cell.of(action(rule)), new Cell(place(rule.place()), Ink.FAINT)),
                    condition(rule));
        }
        sheet.painted("rules", table.lines());
    }

    private static Cell applies(RuleTried rule) {
        if (rule.chosen()) {
            return new Cell("applies", Ink.GOOD);
        }
        return rule.condition() == null ? new Cell("not asked", Ink.FAINT) : answer(rule.condition());
    }

    private static String action(RuleTried rule) {
        return rule.scripted() ? "script: " + oneLine(rule.action()) : rule.action();
    }

    private static List<Cell> condition(RuleTried rule) {
        return rule.condition() == null
                ? List.of()
                : List.of(new Cell("if " + oneLine(rule.condition().text()), Ink.FAINT));
    }

    private static String place(Place place) {
        return place.file() + (place.line() > 0 ? ":" + place.line() : "");
    }

    private void action() {
        if (entry.action() != null) {
            sheet.text(
                    "action",
                    entry.action() + (decision.byDefault() ? ", the mapping's default, because no rule applies" : ""),
                    Ink.BOLD);
        }
    }

    private void steps() {
        List<StepTaken> steps = decision.steps().stream()
                .filter(step -> step.state() != StepTaken.State.NOT_CONFIGURED)
                .toList();
        if (steps.isEmpty()) {
            return;
        }
        sheet.text(
                entry.action() == Action.REPORT ? "only looked" : "steps",
                steps.stream().map(DecisionSheet::words).collect(Collectors.joining(" → ")));
        for (StepTaken step : steps) {
            if (!step.changes().isEmpty()) {
                sheet.text("", "What " + step.name() + " changes:");
                sheet.lines("", ChangeLines.of(screen, step.changes()));
            }
        }
    }

    private static String words(StepTaken step) {
        String name = step.name().startsWith("on") || step.name().startsWith("post")
                ? step.name()
                : step.name().replaceAll("([A-Z])", " $1").toLowerCase(Locale.ROOT);
        return switch (step.state()) {
            case DONE, NOT_CONFIGURED -> name;
            case LEFT_OUT -> name + " (only in a run)";
            case FAILED -> name + " (failed)";
            case NOT_REACHED -> name + " (not reached)";
        };
    }

    private void rows() {
        if (!decision.rows().isEmpty()) {
            sheet.gap();
            screen.result(RowTable.lines(screen, decision.rows()));
        }
    }

    private void changes() {
        // Of a new object the rows have shown everything, unless a script had a hand in it.
        boolean shown = decision.steps().stream().anyMatch(step -> step.name().equals("createTarget"))
                && decision.steps().stream().allMatch(step -> step.changes().isEmpty());
        if (!shown && !entry.differences().isEmpty()) {
            sheet.gap();
            sheet.lines("changes", ChangeLines.of(sheet.beside(), entry.differences()));
        }
    }

    private void end() {
        sheet.gap();
        if (entry.message() != null) {
            sheet.text(
                    decision.failed() ? "failure" : "message",
                    entry.message(),
                    decision.failed() ? Ink.BAD : Ink.PLAIN);
        }
        if (entry.detail() != null) {
            sheet.text("", entry.detail(), Ink.BAD);
        }
        sheet.text("in the end", Summary.of(decision, targetSet), Ink.BOLD);
    }
}
