package dev.concord.oracle;

import dev.concord.ledger.Entry;
import dev.concord.ledger.Measure;
import dev.concord.ledger.Outcome;
import dev.concord.oracle.Account.Line;
import dev.concord.oracle.Findings.Fault;
import dev.concord.oracle.Holdings.LinkRow;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Looks whether entries tell of each link that came or went, and whether each link that an entry made is there. */
final class LinkExplanation {

    private final Findings findings;
    private final Holdings before;
    private final boolean anyMade;

    /** Pairs of source and target that entries linked, and those that they may have parted. */
    private final Set<String> linked = new HashSet<>();

    private final Set<String> partedSources = new HashSet<>();
    private final Set<String> partedTargets = new HashSet<>();

    /** By source: the target that the last entry left it with. */
    private final Map<String, String> last = new LinkedHashMap<>();

    /** The same, by target. */
    private final Map<String, String> owners = new HashMap<>();

    LinkExplanation(Findings findings, Holdings before, List<Account> accounts) {
        this.findings = findings;
        this.before = before;
        this.anyMade = accounts.stream()
                .anyMatch(account ->
                        account.sum().get(Measure.LINKS_CREATED) + account.sum().get(Measure.LINKS_REPOINTED) > 0);
        for (Account account : accounts) {
            if (!account.run().analysis()) {
                account.lines().stream()
                        .filter(line -> line.entry().outcome() != Outcome.PLANNED)
                        .map(Line::entry)
                        .forEach(this::play);
            }
        }
    }

    private void play(Entry entry) {
        if (entry.action() == null) {
            return;
        }
        String source = key(entry.qualifier(), entry.sourceId());
        String target = key(entry.qualifier(), entry.targetId());
        switch (entry.action()) {
            case CREATE, UPDATE, LINK -> {
                linked.add(source + ">" + target);
                // Whoever had the target before has lost it to this source.
                partedTargets.add(target);
                if (entry.outcome() == Outcome.SUCCESS) {
                    part(owners.get(target));
                    part(source);
                    last.put(source, target);
                    owners.put(target, source);
                }
            }
            case DELETE, UNLINK -> {
                partedSources.add(source);
                partedTargets.add(target);
                if (entry.outcome() == Outcome.SUCCESS) {
                    part(source);
                    part(owners.get(target));
                }
            }
            case EXCEPTION, IGNORE, REPORT, NOREPORT, ASYNC -> {}
        }
    }

    private void part(@Nullable String source) {
        String target = source == null ? null : last.remove(source);
        if (target != null) {
            owners.remove(target);
        }
    }

    void explain(Holdings after) {
        Map<String, String> was = byValue(before);
        Map<String, String> is = byValue(after);
        is.forEach((source, target) -> {
            if (!target.equals(was.get(source)) && !linked.contains(source + ">" + target)) {
                findings.add(
                        Fault.UNEXPLAINED, "link " + source + " to " + target + " is there, and no entry makes it");
            }
        });
        was.forEach((source, target) -> {
            if (!is.containsKey(source) && !partedSources.contains(source) && !partedTargets.contains(target)) {
                findings.add(
                        Fault.UNEXPLAINED, "link " + source + " to " + target + " is gone, and no entry removes it");
            }
        });
        if (anyMade) {
            last.forEach((source, target) -> {
                if (!target.equals(is.get(source))) {
                    findings.add(
                            Fault.UNEXPLAINED,
                            "an entry linked " + source + " to " + target + ", the link is " + is.get(source));
                }
            });
        }
    }

    private static Map<String, String> byValue(Holdings holdings) {
        Map<String, String> links = new LinkedHashMap<>();
        for (LinkRow link : holdings.links()) {
            links.put(key(link.qualifier(), link.source()), key(link.qualifier(), link.target()));
        }
        return links;
    }

    /** Entries may spell an id otherwise than the link does, where case does not count. */
    private static String key(String qualifier, @Nullable String id) {
        return qualifier + ":" + (id == null ? "" : id.toLowerCase(Locale.ROOT));
    }
}
