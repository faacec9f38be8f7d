package dev.concord.chaos;

import dev.concord.ledger.Counts;
import dev.concord.ledger.Measure;
import dev.concord.ledger.Phase;
import dev.concord.ledger.RunState;
import dev.concord.ledger.Stage;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * How a run stands by the tables, whoever works on it or did.
 *
 * @param holder of the lease: {@code host:pid} and where that is
 * @param pages that are committed, by phase
 * @param ofEpoch the same, of those that the holder of the lease committed
 * @param made targets, less those deleted, by the ledger
 * @param targets that are there
 * @param linked links made, less those removed, by the ledger
 * @param links that are there
 */
record Standing(
        boolean begun,
        @Nullable RunState state,
        @Nullable Stage stage,
        @Nullable String holder,
        Map<Phase, Long> pages,
        Map<Phase, Long> ofEpoch,
        long made,
        long targets,
        long linked,
        long links) {

    static Standing of(JdbcTemplate jdbc, boolean h2) {
        Map<Phase, Long> pages = zero();
        Map<Phase, Long> ofEpoch = zero();
        Map<String, String> lease = new HashMap<>();
        jdbc.query("select epoch, run_id, holder from run_lease where link_type = 'people'", row -> {
            lease.put("epoch", row.getString(1));
            lease.put("run", String.valueOf(row.getString(2)));
            lease.put("holder", String.valueOf(row.getString(3)));
        });
        Counts sum = new Counts();
        jdbc.query(
                "select phase, epoch, counts from segment where run_id = ? and segment_no > 0",
                row -> {
                    Phase phase = Phase.valueOf(row.getString(1));
                    pages.merge(phase, 1L, Long::sum);
                    if (row.getString(2).equals(lease.get("epoch"))) {
                        ofEpoch.merge(phase, 1L, Long::sum);
                    }
                    sum.add(Counts.fromJson(row.getString(3)));
                },
                Runner.RUN);
        Map<String, String> run = new HashMap<>();
        jdbc.query(
                "select state, stage from recon_run where run_id = ?",
                row -> {
                    run.put("state", row.getString(1));
                    run.put("stage", row.getString(2));
                },
                Runner.RUN);
        String table = h2 ? "\"managed_account\"" : "`managed_account`";
        return new Standing(
                !run.isEmpty(),
                run.isEmpty() ? null : RunState.valueOf(run.get("state")),
                run.isEmpty() ? null : Stage.valueOf(run.get("stage")),
                Runner.RUN.equals(lease.get("run")) ? lease.get("holder") : null,
                pages,
                ofEpoch,
                sum.get(Measure.CREATED) - sum.get(Measure.DELETED),
                count(jdbc, table),
                sum.get(Measure.LINKS_CREATED) - sum.get(Measure.LINKS_REMOVED),
                count(jdbc, "link"));
    }

    private static Map<Phase, Long> zero() {
        Map<Phase, Long> pages = new EnumMap<>(Phase.class);
        for (Phase phase : Phase.values()) {
            pages.put(phase, 0L);
        }
        return pages;
    }

    private static long count(JdbcTemplate jdbc, String table) {
        Long count = jdbc.queryForObject("select count(*) from " + table, Long.class);
        return count == null ? 0 : count;
    }

    /** The phase that the run was at; null before the first. */
    @Nullable
    Phase phase() {
        return switch (stage) {
            case ACTIVE_RECONCILING_SOURCE -> Phase.SOURCE;
            case ACTIVE_RECONCILING_TARGET -> Phase.TARGET;
            case ACTIVE_LINK_CLEANUP -> Phase.LINKS;
            case ACTIVE_PROCESSING_RESULTS -> Phase.DELETES;
            case ACTIVE_INITIALIZED,
                    ACTIVE_QUERY_ENTRIES,
                    ACTIVE_CANCELING,
                    COMPLETED_SUCCESS,
                    COMPLETED_CANCELED,
                    COMPLETED_FAILED -> null;
            case null -> null;
        };
    }
}
