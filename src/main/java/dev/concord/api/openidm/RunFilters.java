package dev.concord.api.openidm;

import dev.concord.access.Role;
import dev.concord.api.access.Caller;
import dev.concord.filter.Filter;
import dev.concord.mapping.Definitions;
import dev.concord.mapping.Mapping;
import dev.concord.run.RunRequest;
import dev.concord.system.ObjectSchema;
import org.jspecify.annotations.Nullable;

/**
 * What runs may be asked to visit over REST: which records match a filter tells what they hold, so that nobody asks by
 * what they are not shown.
 */
public final class RunFilters {

    private RunFilters() {}

    /**
     * Throws with status 400 when a filter for a run asks for something hashed, encrypted or write-only, or, unless an
     * auditor asks, for something sensitive. A mapping that there is not is nobody's here.
     */
    public static void check(RunRequest request, Definitions definitions) {
        Mapping mapping = definitions.mappings().get(request.mapping());
        if (mapping != null) {
            check(request.where(), mapping.source(), definitions);
            check(request.overrides().targetWhere(), mapping.target(), definitions);
        }
    }

    private static void check(@Nullable String filter, String objectSet, Definitions definitions) {
        if (filter != null) {
            ObjectSchema schema = new ObjectSchema(definitions.attributes(objectSet), true, false, false);
            new Visibility(schema, Caller.current().may(Role.AUDITOR)).check(Filter.parse(filter));
        }
    }
}
