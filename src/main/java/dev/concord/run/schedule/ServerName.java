package dev.concord.run.schedule;

import dev.concord.run.Holder;
import java.util.concurrent.ThreadLocalRandom;
import org.quartz.spi.InstanceIdGenerator;

/** What Quartz calls this server. Its own generators fail on a host whose name nobody can resolve. */
public final class ServerName implements InstanceIdGenerator {

    @Override
    public String generateInstanceId() {
        return Holder.nameOfThisProcess()
                + ":"
                + Integer.toUnsignedString(ThreadLocalRandom.current().nextInt(), Character.MAX_RADIX);
    }
}
