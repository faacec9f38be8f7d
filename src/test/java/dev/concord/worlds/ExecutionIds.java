package dev.concord.worlds;

import java.util.concurrent.atomic.AtomicLong;
import org.springframework.batch.infrastructure.item.database.support.DataFieldMaxValueIncrementerFactory;
import org.springframework.jdbc.support.incrementer.DataFieldMaxValueIncrementer;

/**
 * Ids of job and step executions, unique in the whole process: the framework remembers what runs in static maps by
 * these ids, so that two databases must not give the same ones.
 */
final class ExecutionIds implements DataFieldMaxValueIncrementerFactory {

    private static final AtomicLong LAST = new AtomicLong();

    @Override
    public DataFieldMaxValueIncrementer getIncrementer(String databaseType, String incrementerName) {
        return new DataFieldMaxValueIncrementer() {
            @Override
            public int nextIntValue() {
                return (int) LAST.incrementAndGet();
            }

            @Override
            public long nextLongValue() {
                return LAST.incrementAndGet();
            }

            @Override
            public String nextStringValue() {
                return String.valueOf(LAST.incrementAndGet());
            }
        };
    }

    @Override
    public boolean isSupportedIncrementerType(String databaseType) {
        return true;
    }

    @Override
    public String[] getSupportedIncrementerTypes() {
        return new String[0];
    }
}
