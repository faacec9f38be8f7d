package dev.concord.recon;

import dev.concord.correlation.Correlator;
import dev.concord.correlation.Question;
import dev.concord.explanation.Search;
import dev.concord.explanation.Search.Candidate;
import dev.concord.filter.Filter;
import dev.concord.filter.FilterShape;
import dev.concord.link.Link;
import dev.concord.record.Pointer;
import dev.concord.record.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Tells what correlation asked for one op, and what it found. */
final class SearchTelling {

    private final RunContext context;
    private final OpReport report;

    SearchTelling(RunContext context, OpReport report) {
        this.context = context;
        this.report = report;
    }

    /**
     * @param link the record's own
     * @param unseen secrets of the op, which are left out wherever they stand
     */
    Search search(Op op, @Nullable Link link, PageView view, List<String> unseen) {
        if (link != null) {
            return Search.none("there is a link");
        }
        if (context.mapping().correlation(op.qualifier) == null) {
            return Search.none("the mapping has no correlation");
        }
        if (!(op.facts instanceof Op.Facts.SourceExists source)) {
            return Search.none("the record failed before the question was known");
        }
        return switch (source.question()) {
            case Question.Nothing nothing -> Search.none("the correlation script gave null");
            case Question.Matching matching -> found(text(matching.filter(), unseen), op, view);
            case Question.Named named -> found(Redaction.said("_id in " + named.targetIds(), unseen), op, view);
        };
    }

    private Search found(String asked, Op op, PageView view) {
        if (op.assessment == null) {
            return new Search(asked, "the target set gave no answer", List.of(), false);
        }
        List<Candidate> candidates = new ArrayList<>();
        for (Resource answer : op.answers.subList(0, Math.min(op.answers.size(), Correlator.LIMIT))) {
            Link link = view.linkOfTarget(answer.id(), op.qualifier);
            candidates.add(new Candidate(answer.id(), report.display(answer), link == null ? null : link.sourceId()));
        }
        return new Search(asked, null, candidates, op.answers.size() > candidates.size());
    }

    /** Without its values when one of them is compared with a sensitive attribute, or is a secret. */
    private String text(Filter filter, List<String> unseen) {
        boolean sensitive =
                pointers(filter).anyMatch(p -> context.sight().target().isSensitive(p.attribute()));
        return sensitive || Redaction.isNeeded(filter.text(), unseen)
                ? FilterShape.of(filter).toString()
                : filter.text();
    }

    private static Stream<Pointer> pointers(Filter filter) {
        return switch (filter) {
            case Filter.And and -> and.operands().stream().flatMap(SearchTelling::pointers);
            case Filter.Or or -> or.operands().stream().flatMap(SearchTelling::pointers);
            case Filter.Not not -> pointers(not.operand());
            case Filter.Comparison comparison -> Stream.of(comparison.pointer());
            case Filter.In in -> Stream.of(in.pointer());
            case Filter.NormalizedEquality equality -> Stream.of(equality.pointer());
            case Filter.Present present -> Stream.of(present.pointer());
            case Filter.Element element -> Stream.of(element.pointer());
            case Filter.Literal literal -> Stream.empty();
        };
    }
}
