package dev.concord.recon;

import dev.concord.link.Link;
import dev.concord.record.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Collects the effects of one op until all its steps succeeded, and hands them to the page's view then: a step that
 * fails leaves no trace, and the writes of a page go to the store in one batch.
 */
final class StagedEffects implements Effects {

    private final List<Consumer<PageView>> staged = new ArrayList<>();
    private final boolean looking;

    StagedEffects(boolean looking) {
        this.looking = looking;
    }

    void applyTo(PageView view) {
        staged.forEach(effect -> effect.accept(view));
    }

    @Override
    public Resource createTarget(@Nullable String id, Map<String, @Nullable Object> content) {
        if (id == null && !looking) {
            throw PageRepeat.inEveryPage("The store gives the ids of new objects, so that each is created on its own.");
        }
        Resource resource = new Resource(id == null ? "" : id, null, content);
        staged.add(view -> view.createTarget(resource));
        return resource;
    }

    @Override
    public void updateTarget(Resource before, Map<String, @Nullable Object> content) {
        staged.add(view -> view.updateTarget(before, content));
    }

    @Override
    public void deleteTarget(Resource before) {
        staged.add(view -> view.deleteTarget(before));
    }

    @Override
    public void createLink(Link link) {
        staged.add(view -> view.createLink(link));
    }

    @Override
    public void repointLink(Link before, Link after) {
        staged.add(view -> view.repointLink(before, after));
    }

    @Override
    public void removeLink(Link link) {
        staged.add(view -> view.removeLink(link));
    }

    @Override
    public void makeVisible() {
        throw PageRepeat.inEveryPage("A script follows a write and must see it.");
    }
}
