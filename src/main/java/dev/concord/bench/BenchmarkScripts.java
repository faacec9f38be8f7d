package dev.concord.bench;

import java.util.List;

/**
 * The scripts of the scripted benchmark, each a JavaScript expression over {@code source}. Their results are what the
 * data has anyway, so that nothing is to be written.
 */
final class BenchmarkScripts {

    /**
     * @param target the attribute that the transform makes
     * @param column what it is made of; empty for the whole record
     */
    record Transform(String target, String column, String text) {}

    static final List<Transform> TRANSFORMS = List.of(
            new Transform("userName", "user_name", "source.toLowerCase()"),
            new Transform("displayName", "", "[source.given_name, source.family_name].filter(name => name).join(' ')"),
            new Transform("mail", "mail", "source ? source.trim().toLowerCase() : null"),
            new Transform("telephone", "telephone", "source ? source.replace(/[^+0-9 ]/g, '') : null"),
            new Transform("costCenter", "cost_center", "source.startsWith('CC-') ? source : 'CC-' + source"));

    static final String VALID_SOURCE = "source.user_name !== null && source.employee_number >= 100000";

    /** Asked only for records without a link, so that an unchanged run never does. */
    static final String CORRELATION = "({_queryFilter: `userName eq \"${source.user_name}\"`})";

    private BenchmarkScripts() {}
}
