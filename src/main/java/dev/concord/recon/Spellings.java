package dev.concord.recon;

import dev.concord.link.Link;
import dev.concord.link.LinkType;
import dev.concord.record.CompareKey;
import dev.concord.record.Resource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where ids are not case-sensitive, two spellings of one id may stand in the source all the same: the one that the link
 * has is the record's, or else the first in the page. A link whose spelling is not in the source any more belongs to
 * whoever spells it differently now. Belongs to one look at a page.
 */
final class Spellings {

    private final LinkType type;
    private final Map<CompareKey, String> ownersByLinks;
    private final Map<CompareKey, String> firstOfPage = new HashMap<>();

    private Spellings(LinkType type, Map<CompareKey, String> ownersByLinks) {
        this.type = type;
        this.ownersByLinks = ownersByLinks;
    }

    /**
     * @param ids of the page
     * @param view has read the links of these ids
     */
    static Spellings of(RunContext context, List<String> ids, PageView view) {
        LinkType type = context.links().type();
        if (type.sourceIdsCaseSensitive()) {
            return new Spellings(type, Map.of());
        }
        List<String> spelledByLinks = ids.stream()
                .flatMap(id ->
                        view.linksOfSource(id).stream().map(Link::sourceId).filter(spelled -> !spelled.equals(id)))
                .distinct()
                .toList();
        Fetched fetched = Fetched.of(context.source(), spelledByLinks);
        Map<CompareKey, String> owners = new HashMap<>();
        for (String spelled : spelledByLinks) {
            Resource found = fetched.get(spelled);
            if (fetched.unreadable().contains(spelled)
                    || (found != null && found.id().equals(spelled))) {
                owners.put(type.sourceKey(spelled), spelled);
            }
        }
        return new Spellings(type, owners);
    }

    /**
     * Whether another spelling of an id is the record's. An id that was asked for and does not exist is only then
     * somebody's when its link says so.
     *
     * @param exists whether there is a source of this spelling
     */
    boolean isOther(@Nullable String id, boolean exists) {
        if (id == null || type.sourceIdsCaseSensitive()) {
            return false;
        }
        CompareKey key = type.sourceKey(id);
        String owner = ownersByLinks.get(key);
        if (owner == null && exists) {
            owner = firstOfPage.computeIfAbsent(key, k -> id);
        }
        return owner != null && !owner.equals(id);
    }
}
