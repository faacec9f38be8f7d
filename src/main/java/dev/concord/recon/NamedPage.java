package dev.concord.recon;

import dev.concord.ledger.Entry;
import dev.concord.ledger.Phase;
import dev.concord.link.Link;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongPredicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A page of records that entries of an earlier run, or of an earlier phase, name. */
abstract class NamedPage extends Page {

    final RunContext context;
    final List<Entry> entries;

    NamedPage(RunContext context, Phase phase, List<Entry> entries, @Nullable String lastKey) {
        super(phase, records(entries, phase).size(), lastKey);
        this.context = context;
        this.entries = entries;
    }

    /** A page of the same kind with some of the entries. */
    abstract Page with(List<Entry> some);

    @Override
    final List<Page> single() {
        return records(entries, phase()).values().stream().map(this::with).toList();
    }

    /** The entries by the record that they are about; entries without an id are a record each. */
    private static Map<Object, List<Entry>> records(List<Entry> entries, Phase phase) {
        return entries.stream()
                .collect(Collectors.groupingBy(
                        entry -> Objects.requireNonNullElse((Object) OtherRun.visitedId(entry, phase), entry),
                        LinkedHashMap::new,
                        Collectors.toList()));
    }

    /**
     * The page of the records as they are now, from the side they were come across.
     *
     * @param handled says of a hash of target and link qualifier whether an earlier phase accounted for it
     */
    final Page now(PageView view, LongPredicate handled) {
        return switch (phase()) {
            case SOURCE -> sources(context, ids());
            case TARGET -> new TargetPage(context, ids(), handled, entries.size(), null);
            case LINKS -> new LinkPage(context, links(entries, view), entries.size(), null);
            case DELETES -> throw new IllegalStateException("Nobody comes across records in the deletes step.");
        };
    }

    private List<String> ids() {
        return entries.stream()
                .map(entry -> OtherRun.visitedId(entry, phase()))
                .filter(Objects::nonNull)
                .map(String::valueOf)
                .distinct()
                .toList();
    }

    static SourcePage sources(RunContext context, List<String> ids) {
        Fetched sources = Fetched.of(context.source(), ids);
        return new SourcePage(
                context, ids.stream().map(id -> SourcePage.visited(id, sources)).toList(), null);
    }

    /** The links that entries of the links phase were about, as far as they are still there. */
    static List<Link> links(List<Entry> entries, PageView view) {
        view.readLinksOfSources(
                entries.stream().map(e -> String.valueOf(e.sourceId())).toList());
        return entries.stream()
                .map(entry -> view.linkOfSource(String.valueOf(entry.sourceId()), entry.qualifier()))
                .filter(Objects::nonNull)
                .map(Link.class::cast)
                .toList();
    }
}
