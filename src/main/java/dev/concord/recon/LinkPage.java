package dev.concord.recon;

import dev.concord.ledger.Phase;
import dev.concord.link.Link;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A page of the links phase: links whose target nobody accounted for. */
final class LinkPage implements Page {

    private final RunContext context;
    private final List<Link> links;
    private final int records;
    private final @Nullable String lastKey;

    LinkPage(RunContext context, List<Link> links, int records, @Nullable String lastKey) {
        this.context = context;
        this.links = links;
        this.records = records;
        this.lastKey = lastKey;
    }

    @Override
    public Phase phase() {
        return Phase.LINKS;
    }

    @Override
    public @Nullable String lastKey() {
        return lastKey;
    }

    @Override
    public int records() {
        return records;
    }

    @Override
    public List<Page> single() {
        return links.stream()
                .map(link -> (Page) new LinkPage(context, List.of(link), 1, lastKey))
                .toList();
    }

    @Override
    public List<Op> lookInto(PageView view, Verdicts verdicts) {
        view.readLinksOfSources(links.stream().map(Link::sourceId).toList());
        view.readTargets(links.stream().map(Link::targetId).toList());
        Fetched sources = Fetched.of(
                context.source(), links.stream().map(Link::sourceId).distinct().toList());
        return links.stream()
                .filter(link -> view.linkOfSource(link.sourceId(), link.qualifier()) != null)
                .map(link -> op(link, view, sources))
                .toList();
    }

    private static Op op(Link link, PageView view, Fetched sources) {
        Op op = new Op(Phase.LINKS, link.qualifier(), link.sourceId(), null, link.targetId());
        op.facts = new Op.Facts.LinkExists(
                sources.exists(link.sourceId()),
                view.target(link.targetId()) != null || view.isUnreadable(link.targetId()));
        return op;
    }
}
