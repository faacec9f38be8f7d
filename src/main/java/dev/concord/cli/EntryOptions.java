package dev.concord.cli;

import dev.concord.filter.Filter;
import dev.concord.filter.Filter.Comparison;
import dev.concord.filter.Filter.Operator;
import dev.concord.filter.FilterSyntaxException;
import dev.concord.ledger.EntrySearch;
import dev.concord.ledger.Outcome;
import dev.concord.ledger.Status;
import dev.concord.mapping.Action;
import dev.concord.mapping.Situation;
import dev.concord.record.Pointer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which entries are wanted. All options together make one query filter: each of them narrows what the others leave. */
final class EntryOptions {

    @Option(names = "--situation", paramLabel = "S", description = "Only these situations: ${COMPLETION-CANDIDATES}.")
    private Set<Situation> situations = EnumSet.noneOf(Situation.class);

    @Option(names = "--action", paramLabel = "A", description = "Only these actions: ${COMPLETION-CANDIDATES}.")
    private Set<Action> actions = EnumSet.noneOf(Action.class);

    @Option(names = "--status", paramLabel = "STATUS", description = "Only ${COMPLETION-CANDIDATES}.")
    private Set<Status> statuses = EnumSet.noneOf(Status.class);

    @Option(
            names = "--kind",
            paramLabel = "KIND",
            description = "Only failures of these kinds: RULE, SCRIPT, DATA, TARGET, WITHHELD, CHANGED.")
    private Set<Outcome> kinds = EnumSet.noneOf(Outcome.class);

    @Option(names = "--attribute", paramLabel = "NAME", description = "Only where this target attribute changed.")
    private List<String> attributes = List.of();

    @Option(names = "--id", paramLabel = "ID", description = "Only this source, target or candidate.")
    private List<String> ids = List.of();

    @Option(
            names = "--text",
            paramLabel = "TEXT",
            description = "Only where an id, the message or what a script said contains this.")
    private @Nullable String text;

    @Option(
            names = "--filter",
            paramLabel = "F",
            description = "Only what this query filter selects, such as 'differences[attribute eq \"mail\"]'; its"
                    + " pointers are the members that --json shows.")
    private @Nullable String filter;

    /** The ids that were given. */
    List<String> ids() {
        return ids;
    }

    /** Whether anything is selected at all. */
    boolean isGiven() {
        return !(filter() instanceof Filter.And all) || !all.operands().isEmpty();
    }

    /** The search that the options ask for. Throws {@link Refused} when the filter is none. */
    EntrySearch search() {
        EntrySearch search = EntrySearch.of(filter());
        return statuses.contains(Status.PLANNED) ? search.withPlanned() : search;
    }

    /** The same, without what did not fail. */
    EntrySearch failures() {
        return EntrySearch.of(and(filter(), equal("status", Status.FAILURE.name())));
    }

    private Filter filter() {
        List<Filter> all = new ArrayList<>();
        addWords(all, "situation", situations);
        addWords(all, "action", actions);
        addWords(all, "status", statuses);
        addWords(all, "errorKind", kinds);
        if (!attributes.isEmpty()) {
            all.add(any(attributes.stream()
                    .<Filter>map(name -> new Filter.Element(Pointer.of("differences"), equal("attribute", plain(name))))
                    .toList()));
        }
        if (!ids.isEmpty()) {
            List<Filter> found = new ArrayList<>();
            for (String id : ids) {
                found.add(equal("sourceObjectId", id));
                found.add(equal("targetObjectId", id));
                found.add(equal("ambiguousTargetObjectIds", id));
            }
            all.add(any(found));
        }
        if (text != null) {
            List<Filter> found = new ArrayList<>();
            for (String member : List.of("sourceObjectId", "targetObjectId", "message", "messageDetail")) {
                found.add(new Comparison(Pointer.of(member), Operator.CO, text));
            }
            all.add(any(found));
        }
        if (filter != null) {
            all.add(parsed(filter));
        }
        return all.size() == 1 ? all.getFirst() : new Filter.And(all);
    }

    private static Filter and(Filter one, Filter other) {
        return new Filter.And(List.of(one, other));
    }

    private static Filter any(List<Filter> filters) {
        return filters.size() == 1 ? filters.getFirst() : new Filter.Or(filters);
    }

    private static void addWords(List<Filter> all, String member, Collection<? extends Enum<?>> words) {
        if (!words.isEmpty()) {
            all.add(any(words.stream()
                    .<Filter>map(word -> equal(member, word.name()))
                    .toList()));
        }
    }

    private static Filter equal(String member, String value) {
        return new Comparison(Pointer.of(member), Operator.EQ, value);
    }

    /** Attributes have names; somebody used to filters may write a pointer. */
    private static String plain(String attribute) {
        return attribute.startsWith("/") ? attribute.substring(1) : attribute;
    }

    private static Filter parsed(String text) {
        try {
            return Filter.parse(text);
        } catch (FilterSyntaxException e) {
            throw new Refused("The filter cannot be read: " + e.getMessage());
        }
    }
}
