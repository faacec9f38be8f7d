package dev.concord.bench;

import com.sun.management.GarbageCollectionNotificationInfo;
import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import javax.management.Notification;
import javax.management.NotificationEmitter;
import javax.management.openmbean.CompositeData;
import org.jspecify.annotations.Nullable;

/**
 * Watches the heap of this JVM: how much was in use at most, garbage included, and how much was left at most after a
 * collection. Use is highest just before a collection, so that nothing is missed between two of them. Safe for use by
 * several threads.
 */
public final class HeapWatch {

    private static final long MEGABYTE = 1024L * 1024;
    private static final Path STATUS = Path.of("/proc/self/status");

    private final Set<String> heap = ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP)
            .map(MemoryPoolMXBean::getName)
            .collect(Collectors.toUnmodifiableSet());

    private long peak;
    private long live;

    /** Begins to watch. */
    public static HeapWatch begin() {
        HeapWatch watch = new HeapWatch();
        for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            if (collector instanceof NotificationEmitter emitter) {
                emitter.addNotificationListener((notification, nothing) -> watch.collected(notification), null, null);
            }
        }
        return watch;
    }

    private void collected(Notification notification) {
        if (GarbageCollectionNotificationInfo.GARBAGE_COLLECTION_NOTIFICATION.equals(notification.getType())) {
            GarbageCollectionNotificationInfo info =
                    GarbageCollectionNotificationInfo.from((CompositeData) notification.getUserData());
            saw(
                    used(info.getGcInfo().getMemoryUsageBeforeGc()),
                    used(info.getGcInfo().getMemoryUsageAfterGc()));
        }
    }

    private synchronized void saw(long before, long after) {
        peak = Math.max(peak, before);
        live = Math.max(live, after);
    }

    private long used(Map<String, MemoryUsage> pools) {
        return pools.entrySet().stream()
                .filter(pool -> heap.contains(pool.getKey()))
                .mapToLong(pool -> pool.getValue().getUsed())
                .sum();
    }

    /** What was seen so far, in megabytes; {@code rss} is null where the system does not tell. */
    public Map<String, @Nullable Long> megabytes() {
        saw(ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(), 0);
        Map<String, @Nullable Long> seen = new LinkedHashMap<>();
        synchronized (this) {
            seen.put("peakHeapMb", peak / MEGABYTE);
            seen.put("liveHeapMb", live / MEGABYTE);
        }
        seen.put("peakRssMb", peakResident());
        return seen;
    }

    private static @Nullable Long peakResident() {
        try {
            return Files.readAllLines(STATUS).stream()
                    .filter(line -> line.startsWith("VmHWM:"))
                    .map(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                    .findFirst()
                    .orElse(null);
        } catch (IOException notThisSystem) {
            return null;
        }
    }
}
