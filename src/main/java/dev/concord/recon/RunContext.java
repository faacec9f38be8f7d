package dev.concord.recon;

import dev.concord.correlation.Correlator;
import dev.concord.filter.Filter;
import dev.concord.ledger.Run;
import dev.concord.ledger.RunLedger;
import dev.concord.ledger.RunListener;
import dev.concord.link.Links;
import dev.concord.mapping.Mapping;
import dev.concord.mapping.Query;
import dev.concord.projection.Projection;
import dev.concord.script.Conditions;
import dev.concord.script.Scripts;
import dev.concord.system.ObjectSet;
import dev.concord.system.ObjectSets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Everything that one run of a mapping works with. Made once, when the run starts or is continued; safe for use by
 * several threads.
 */
record RunContext(
        Run run,
        Mapping mapping,
        ObjectSets objectSets,
        ObjectSet source,
        ObjectSet target,
        Links links,
        RunLedger ledger,
        Scripts scripts,
        Conditions conditions,
        Projection projection,
        TargetSecrets secrets,
        Sight sight,
        Correlator correlator,
        TransactionTemplate transaction,
        RunListener listener,
        RunMemory memory,
        GuardWatch guards,
        Patience patience) {

    /** The same, for those who are about to delete: with the source as it is by now. */
    RunContext beforeDeletes() {
        return new RunContext(
                run,
                mapping,
                objectSets,
                LatestSource.of(source),
                target,
                links,
                ledger,
                scripts,
                conditions,
                projection,
                secrets,
                sight,
                correlator,
                transaction,
                listener,
                memory,
                guards,
                patience);
    }

    /** Whether the run only looks: decides everything and writes nothing to targets and links. */
    boolean looking() {
        return run.analysis();
    }

    /** Records a page, where nothing is learned from what was read. */
    int pageSize() {
        int asked = mapping.performance().pageSize();
        return asked > 0 ? asked : PageSize.USUAL;
    }

    /** For the pages of one partition of the source. */
    PageSize sourcePageSize() {
        return new PageSize(
                mapping.performance().pageSize(),
                memory.facts.sources(),
                Math.max(1, WorkingThreads.wanted(mapping.performance())));
    }

    /** Whether correlation is asked at all: not when the target set is known to have been empty at the start. */
    boolean correlates() {
        return mapping.correlateEmptyTargetSet() || !memory.facts.targetWasEmpty();
    }

    /** Which sources are visited; a filter that the run was given stands in the place of the mapping's own. */
    @Nullable
    Filter sourceFilter() {
        return filter("where", mapping.sourceQuery());
    }

    /** Which targets are visited, likewise. */
    @Nullable
    Filter targetFilter() {
        return filter("targetWhere", mapping.targetQuery());
    }

    boolean allowsEmptySource() {
        return asked("allowEmptySourceSet", mapping.allowEmptySourceSet());
    }

    /** Whether entries are kept of ops that changed nothing, too. */
    boolean keepsAllEntries() {
        return asked("persistAssociations", mapping.persistAssociations());
    }

    private boolean asked(String parameter, boolean usual) {
        return run.parameters().get(parameter) instanceof Boolean asked ? asked : usual;
    }

    private @Nullable Filter filter(String parameter, Query query) {
        return run.parameters().get(parameter) instanceof String text ? Filter.parse(text) : query.filter();
    }

    /** The source ids that a run of single ids was given. */
    List<String> askedIds() {
        Object ids = run.parameters().get("ids");
        return ids instanceof List<?> list ? list.stream().map(String::valueOf).toList() : List.of();
    }
}
