package dev.concord.recon;

import dev.concord.correlation.Question;
import dev.concord.ledger.Outcome;
import dev.concord.ledger.Phase;
import dev.concord.ledger.Task;
import dev.concord.link.Link;
import dev.concord.link.LinkType;
import dev.concord.projection.Projection;
import dev.concord.record.Resource;
import dev.concord.system.Page.Item;
import dev.concord.system.UnreadableObject;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A page of the source phase: source records, among them such that could not be read, and ids that were asked for and
 * do not exist.
 */
class SourcePage extends Page {

    private static final String OTHER_SPELLING =
            "The source has this id more than once, in spellings that differ in their case only, and the mapping says that"
                    + " case does not matter. Another of them was processed, this one was not.";

    /** What is shown of an id that cannot be linked. */
    private static final int SHOWN = 80;

    /** One record of the page. */
    sealed interface Visited {

        /** What a scan came across. */
        record Scanned(Item item) implements Visited {}

        /** An id that was asked for and does not exist. */
        record Gone(String id) implements Visited {}
    }

    /** A source that was asked for by its id: found, there but not readable, or gone. */
    static Visited visited(String id, Fetched fetched) {
        if (fetched.unreadable().contains(id)) {
            return new Visited.Scanned(new Item.Unreadable(id, id, "id " + id, "its attributes do not fit."));
        }
        Resource source = fetched.get(id);
        return source == null ? new Visited.Gone(id) : new Visited.Scanned(new Item.Found(id, source));
    }

    private final RunContext context;
    private final List<Visited> visited;

    SourcePage(RunContext context, List<Visited> visited, @Nullable String lastKey) {
        super(Phase.SOURCE, visited.size(), lastKey);
        this.context = context;
        this.visited = visited;
    }

    @Override
    final List<Page> single() {
        return visited.stream()
                .map(one -> (Page) new SourcePage(context, List.of(one), lastKey()))
                .toList();
    }

    @Override
    final List<Op> lookInto(PageView view, Verdicts verdicts) {
        // Links come first, so that a record whose scripts fail still accounts for its target.
        view.readLinksOfSources(ids());
        Spellings spellings = Spellings.of(context, ids(), view);
        List<Op> ops = visited.stream()
                .flatMap(one -> spellings.isOther(id(one), one instanceof Visited.Scanned)
                        ? Stream.of(duplicate(String.valueOf(id(one)), OTHER_SPELLING))
                        : ops(one, view, verdicts).stream())
                .toList();
        for (Op op : ops) {
            op.link = op.sourceId == null ? null : view.linkOfSource(op.sourceId, op.qualifier);
        }
        presume(ops, view, verdicts);
        view.readTargets(linkedTargets(ops.stream()));
        for (Op op : ops) {
            if (!op.failed()) {
                OpFailure.contain(op, () -> op.facts = facts(op, view, verdicts));
            }
        }
        readWhatMatters(ops, view);
        TaskClock.time(Task.CORRELATION, () -> correlate(ops, view));
        ops.stream().filter(Op::failed).forEach(op -> op.unknown = unknown(op, view, verdicts));
        return ops;
    }

    private static List<String> linkedTargets(Stream<Op> ops) {
        return ops.filter(op -> op.link != null && !op.presumed)
                .map(op -> Objects.requireNonNull(op.link).targetId())
                .toList();
    }

    /** Leaves out the look-up of targets that are known to be as their records want them. */
    private static void presume(List<Op> ops, PageView view, Verdicts verdicts) {
        Presumption presumption = view.presumption();
        if (presumption != null) {
            TaskClock.time(Task.PROJECTION, () -> {
                for (Op op : ops) {
                    Resource target = op.failed() ? null : presumption.target(op, verdicts);
                    if (target != null) {
                        op.presumed = true;
                        view.know(target);
                    }
                }
            });
        }
    }

    /** Whoever does not qualify may lose its target, which then has to be known as it is. */
    private static void readWhatMatters(List<Op> ops, PageView view) {
        List<Op> doubtful = ops.stream()
                .filter(op -> op.presumed && !(op.facts instanceof Op.Facts.SourceExists source && source.qualified()))
                .toList();
        if (!doubtful.isEmpty()) {
            doubtful.forEach(op -> op.presumed = false);
            view.readPresumed(linkedTargets(doubtful.stream()));
        }
    }

    /**
     * A source record lacks a link under one of its link qualifiers at least, and nobody knows which target would be
     * its.
     */
    private static Op.Unknown unknown(Op op, PageView view, Verdicts verdicts) {
        if (op.sourceId == null) {
            return Op.Unknown.IDENTITY;
        }
        if (op.duplicate || (op.source == null && !op.qualifier.isEmpty())) {
            return Op.Unknown.NOTHING;
        }
        Set<String> qualifiers = new LinkedHashSet<>();
        if (!op.qualifier.isEmpty()) {
            qualifiers.add(op.qualifier);
        } else if (!OpFailure.contain(
                new Op(Phase.SOURCE, "", op.sourceId, null, null), () -> qualifiers.addAll(verdicts.allQualifiers()))) {
            return Op.Unknown.ASSESSMENT_OF_UNLINKED;
        }
        boolean linked = qualifiers.stream().allMatch(q -> view.linkOfSource(op.sourceId, q) != null);
        return linked ? Op.Unknown.NOTHING : Op.Unknown.ASSESSMENT_OF_UNLINKED;
    }

    private List<String> ids() {
        return visited.stream()
                .map(SourcePage::id)
                .filter(Objects::nonNull)
                .map(String::valueOf)
                .toList();
    }

    /** The id by which links are asked; null when there is none, or none that a link could have. */
    private static @Nullable String id(Visited visited) {
        String id = spelledId(visited);
        return id == null || !LinkType.canBeLinked(id) ? null : id;
    }

    private static @Nullable String spelledId(Visited visited) {
        return switch (visited) {
            case Visited.Gone gone -> gone.id();
            case Visited.Scanned scanned ->
                switch (scanned.item()) {
                    case Item.Found found -> found.resource().id();
                    case Item.Duplicate duplicate -> null;
                    case Item.Unreadable unreadable -> unreadable.id();
                };
        };
    }

    private List<Op> ops(Visited visited, PageView view, Verdicts verdicts) {
        String id = spelledId(visited);
        if (id != null && !LinkType.canBeLinked(id)) {
            return List.of(failed(beginning(id), String.valueOf(LinkType.unfit("", id, null))));
        }
        return switch (visited) {
            case Visited.Gone gone -> opsOfGone(gone.id(), view, verdicts);
            case Visited.Scanned scanned ->
                switch (scanned.item()) {
                    case Item.Found found -> ops(found.resource(), verdicts);
                    case Item.Duplicate duplicate ->
                        List.of(duplicate(
                                LinkType.canBeLinked(duplicate.id()) ? duplicate.id() : beginning(duplicate.id()),
                                "The source has this id more than once; it stands again at " + duplicate.where()
                                        + ". The first record was processed, this one was not."));
                    case Item.Unreadable unreadable ->
                        List.of(failed(
                                unreadable.id(),
                                "The source record at " + unreadable.where() + " cannot be read: "
                                        + unreadable.reason()));
                };
        };
    }

    /** A source that does not exist is looked at under all link qualifiers of the mapping and of its links. */
    private static List<Op> opsOfGone(String id, PageView view, Verdicts verdicts) {
        Op record = new Op(Phase.SOURCE, "", id, null, null);
        Set<String> qualifiers = new LinkedHashSet<>();
        if (!OpFailure.contain(record, () -> qualifiers.addAll(verdicts.allQualifiers()))) {
            return List.of(record);
        }
        view.linksOfSource(id).forEach(link -> qualifiers.add(link.qualifier()));
        return qualifiers.stream()
                .map(qualifier -> new Op(Phase.SOURCE, qualifier, id, null, null))
                .toList();
    }

    private static List<Op> ops(Resource source, Verdicts verdicts) {
        Op record = new Op(Phase.SOURCE, "", source.id(), source, null);
        List<String> qualifiers = new ArrayList<>();
        if (!OpFailure.contain(record, () -> qualifiers.addAll(verdicts.qualifiers(source)))) {
            return List.of(record);
        }
        return qualifiers.stream()
                .map(qualifier -> new Op(Phase.SOURCE, qualifier, source.id(), source, null))
                .toList();
    }

    /** Enough of an id to find the record by. */
    private static String beginning(String id) {
        return id.length() <= SHOWN ? id : id.substring(0, SHOWN) + "…";
    }

    private static Op duplicate(String id, String message) {
        Op op = failed(id, message);
        op.duplicate = true;
        return op;
    }

    private static Op failed(@Nullable String id, String message) {
        Op op = new Op(Phase.SOURCE, "", id, null, null);
        op.fail(Outcome.DATA, message, null);
        return op;
    }

    private Op.Facts facts(Op op, PageView view, Verdicts verdicts) {
        Link link = op.link;
        Resource source = op.source;
        if (link != null && view.isUnreadable(link.targetId())) {
            throw new OpFailure(Outcome.TARGET, "The linked target exists, but its attributes cannot be read.", null);
        }
        if (source == null) {
            Resource linked = link == null ? null : view.target(link.targetId());
            return new Op.Facts.SourceGone(linked != null && verdicts.isValidTarget(linked, op));
        }
        boolean qualified = verdicts.isValidSource(source, op) && verdicts.sourceConditionHolds(source, op);
        Question question = link == null && (context.correlates() || view.holdsTargets())
                ? TaskClock.time(
                        Task.CORRELATION,
                        () -> context.correlator()
                                .question(new Projection.Scope(
                                        source.view(),
                                        null,
                                        op.qualifier,
                                        verdicts.scriptContext(op),
                                        verdicts.objects(op))))
                : new Question.Nothing();
        return new Op.Facts.SourceExists(qualified, question);
    }

    private void correlate(List<Op> ops, PageView view) {
        List<Op> asking = ops.stream()
                .filter(op -> op.facts instanceof Op.Facts.SourceExists source
                        && !(source.question() instanceof Question.Nothing))
                .toList();
        if (asking.isEmpty()) {
            return;
        }
        try {
            List<List<Resource>> answers = context.correlator()
                    .answers(asking.stream().map(SourcePage::question).toList());
            for (int i = 0; i < asking.size(); i++) {
                asking.get(i).answers = answers.get(i);
            }
        } catch (UnreadableObject oneOfThem) {
            asking.forEach(op -> OpFailure.contain(op, () -> op.answers = answersAlone(op)));
        }
        List<Resource> hits = asking.stream().flatMap(op -> op.answers.stream()).toList();
        hits.forEach(view::know);
        view.readLinksOfTargets(hits.stream().map(Resource::id).distinct().toList());
    }

    private static Question question(Op op) {
        return ((Op.Facts.SourceExists) Objects.requireNonNull(op.facts)).question();
    }

    private List<Resource> answersAlone(Op op) {
        try {
            return context.correlator().answers(List.of(question(op))).getFirst();
        } catch (UnreadableObject target) {
            throw new OpFailure(
                    Outcome.TARGET,
                    "A target that may belong to the record cannot be read: " + target.getMessage(),
                    null);
        }
    }
}
