package dev.concord.recon;

import dev.concord.ledger.Counts;
import dev.concord.ledger.Entry;
import dev.concord.ledger.Intents;
import dev.concord.ledger.Measure;
import dev.concord.ledger.Outcome;
import dev.concord.ledger.PartitionPosition;
import dev.concord.ledger.Phase;
import dev.concord.ledger.RunLedger;
import dev.concord.ledger.Segment;
import dev.concord.ledger.Trace;
import dev.concord.link.Link;
import dev.concord.link.Links;
import dev.concord.record.Resource;
import dev.concord.situation.Step;
import dev.concord.system.Write;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;

/**
 * What other runs on the same links were about to write elsewhere when they ended, and nobody continued. Before a run
 * decides anything, whatever of it has happened gets its link, and stands in the report of the run that did it; what
 * has not is forgotten, because the new run, or the next one of the other mapping, decides about it.
 */
final class Abandoned {

    /** Lends what is needed to see the targets and links of another run as that run saw them. */
    interface Loan {

        /**
         * Calls the borrower with a context of this run that has mapping and target of the other one.
         *
         * @throws dev.concord.system.SystemUnavailable naming the other run, when its target cannot be worked with
         */
        void lend(String otherRun, Consumer<RunContext> borrower);
    }

    private final RunContext context;
    private final Loan loan;
    private final IntentText text;
    private final Standing standing;

    Abandoned(RunContext context, Loan loan) {
        this.context = context;
        this.loan = loan;
        this.text = new IntentText(context);
        this.standing = new Standing(context.target(), context.links());
    }

    void settle() {
        if (context.looking()) {
            return;
        }
        for (Intents.Abandoned place : context.ledger().intents().abandoned()) {
            if (!isSettled(place)) {
                // A mapping that shares the links, perhaps the other way round, wrote to another set.
                loan.lend(place.runId(), other -> {
                    if (!new Abandoned(other, loan).isSettled(place)) {
                        throw new IllegalStateException(
                                "Run " + place.runId() + " left writes to another set than its target.");
                    }
                });
            }
        }
    }

    /** Settles what is about the target of the mapping; answers whether it was. */
    private boolean isSettled(Intents.Abandoned place) {
        RunLedger ledger = context.ledger().of(place.runId());
        PartitionPosition position =
                ledger.position(ledger.partitions(place.phase()).get(place.partition()));
        List<String> lines = ledger.intents().of(position);
        if (!lines.stream().allMatch(text::isOfTarget)) {
            return false;
        }
        if (!lines.isEmpty()) {
            context.transaction().executeWithoutResult(status -> {
                Counts counts = new Counts();
                List<Entry> entries = new ArrayList<>();
                List<Intent> page = lines.stream().map(text::read).toList();
                for (Intent intent : page) {
                    OpFailure.of(() -> settle(intent, page, place.phase(), counts, entries));
                }
                ledger.intents().close(position);
                // The run can still be continued from where it was.
                ledger.append(
                        position,
                        UUID.randomUUID().toString(),
                        new Segment(position.lastKey(), counts, new long[0], entries));
            });
        }
        return true;
    }

    private void settle(Intent intent, List<Intent> page, Phase phase, Counts counts, List<Entry> entries) {
        Resource now = standing.now(intent, page);
        if (standing.of(intent, now) != Standing.How.DONE) {
            return;
        }
        String targetId = now == null ? Objects.requireNonNull(intent.writtenId()) : now.id();
        counts.addOp(new Counts.OpKind(intent.situation(), intent.action(), Outcome.SUCCESS), 1);
        if (phase == Phase.DELETES) {
            counts.addOp(planned(intent), -1);
        } else {
            counts.add(Measure.OPS, 1);
        }
        List<Measure> effects = new ArrayList<>();
        effects.add(
                switch (intent.write()) {
                    case Write.Create create -> Measure.CREATED;
                    case Write.Update update -> Measure.UPDATED;
                    case Write.Delete delete -> Measure.DELETED;
                });
        List<Trace.LinkChange> links = new ArrayList<>();
        link(intent, targetId, effects, links);
        effects.forEach(effect -> counts.add(effect, 1));
        if (effects.contains(Measure.LINKS_CREATED) && !effects.contains(Measure.CREATED)) {
            counts.add(Measure.LINKS_TO_EXISTING, 1);
        }
        String said = "The run was interrupted behind this write; run "
                + context.run().id() + " found it done.";
        entries.add(new Entry(
                intent.situation(),
                intent.action(),
                Outcome.SUCCESS,
                intent.sourceId(),
                targetId,
                intent.key().qualifier(),
                intent.candidateIds(),
                intent.message() == null ? said : intent.message() + " " + said,
                null,
                intent.display(),
                context.sight().differences(intent.changes(context.target()), List.of()),
                new Trace(effects, links, now == null ? null : now.revision(), null, nulls(intent))));
    }

    /** Intents of older versions do not say as what they were planned; then it was what they are. */
    private static Counts.OpKind planned(Intent intent) {
        Intent.Planned planned = intent.planned();
        return planned == null
                ? new Counts.OpKind(intent.situation(), intent.action(), Outcome.PLANNED)
                : new Counts.OpKind(planned.situation(), planned.action(), Outcome.PLANNED);
    }

    private static List<String> nulls(Intent intent) {
        Resource before = intent.before();
        return intent.write() instanceof Write.Delete && before != null ? Traces.nulls(before.content()) : List.of();
    }

    /** Lets the link follow the target, unless somebody else has been linked since. */
    private void link(Intent intent, String targetId, List<Measure> effects, List<Trace.LinkChange> changes) {
        String sourceId = intent.sourceId();
        if (sourceId == null) {
            return;
        }
        Links links = context.links();
        Link wanted =
                links.type().link(intent.key().qualifier(), sourceId, targetId).with(intent.digests());
        Link own = under(intent, links.ofSources(List.of(wanted.sourceKey())).get(wanted.sourceKey()));
        Link ofTarget =
                under(intent, links.ofTargets(List.of(wanted.targetKey())).get(wanted.targetKey()));
        if (intent.steps().contains(Step.REMOVE_LINK)) {
            if (own != null && own.targetKey().equals(wanted.targetKey())) {
                links.remove(List.of(own));
                effects.add(Measure.LINKS_REMOVED);
                changes.add(new Trace.LinkChange(ends(own), null));
            }
            return;
        }
        boolean makes =
                intent.steps().contains(Step.CREATE_LINK) || intent.steps().contains(Step.REPOINT_LINK);
        if (!makes || ofTarget != null || !links.type().enabled()) {
            return;
        }
        try {
            if (own == null) {
                links.create(List.of(wanted));
                effects.add(Measure.LINKS_CREATED);
                changes.add(new Trace.LinkChange(null, ends(wanted)));
            } else if (links.repoint(
                    own, own.pointingTo(targetId, wanted.targetKey()).with(intent.digests()))) {
                effects.add(Measure.LINKS_REPOINTED);
                changes.add(new Trace.LinkChange(ends(own), ends(wanted)));
            }
        } catch (DuplicateKeyException claimed) {
            // The link stays with whoever was faster.
        }
    }

    private static Trace.Ends ends(Link link) {
        return new Trace.Ends(link.sourceId(), link.targetId());
    }

    private static @Nullable Link under(Intent intent, @Nullable List<Link> links) {
        return links == null
                ? null
                : links.stream()
                        .filter(link -> link.qualifier().equals(intent.key().qualifier()))
                        .findFirst()
                        .orElse(null);
    }
}
