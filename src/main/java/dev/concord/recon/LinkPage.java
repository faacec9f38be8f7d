package dev.concord.recon;

import dev.concord.ledger.Phase;
import dev.concord.link.Link;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A page of the links phase: links whose target nobody accounted for. */
final class LinkPage extends Page {

    private final RunContext context;
    private final List<Link> links;

    LinkPage(RunContext context, List<Link> links, int records, @Nullable String lastKey) {
        super(Phase.LINKS, records, lastKey);
        this.context = context;
        this.links = links;
    }

    @Override
    List<Page> single() {
        return links.stream()
                .map(link -> (Page) new LinkPage(context, List.of(link), 1, lastKey()))
                .toList();
    }

    @Override
    List<Op> lookInto(PageView view, Verdicts verdicts) {
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
