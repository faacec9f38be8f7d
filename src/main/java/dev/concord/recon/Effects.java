package dev.concord.recon;

import dev.concord.link.Link;
import dev.concord.record.Resource;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the steps of an action do to targets and links. */
interface Effects {

    /** Creates a target and returns it; {@code id} is null when the store gives it. */
    Resource createTarget(@Nullable String id, Map<String, @Nullable Object> content);

    void updateTarget(Resource before, Map<String, @Nullable Object> content);

    void deleteTarget(Resource before);

    void createLink(Link link);

    void repointLink(Link before, Link after);

    void removeLink(Link link);

    /** Called before a script that must see the effects so far. */
    void makeVisible();
}
