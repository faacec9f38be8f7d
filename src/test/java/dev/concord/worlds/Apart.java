package dev.concord.worlds;

import dev.concord.system.ObjectSet;
import dev.concord.system.SystemUnavailable;
import dev.concord.testing.PlatformDatabase;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * A set of the platform database as if it were in another one: it takes part in no transaction, and its connection
 * breaks at every few writes, sometimes before and sometimes after they were done; not as often, though, as a page is
 * tried.
 */
final class Apart {

    private static final int BREAKS = 4;

    private final ObjectSet set;
    private final TransactionTemplate none;
    private final int everyFew;
    private final AtomicInteger writes = new AtomicInteger();

    private Apart(ObjectSet set, PlatformDatabase database, int everyFew) {
        this.set = set;
        this.none = new TransactionTemplate(database.transactionManager());
        this.none.setPropagationBehavior(TransactionDefinition.PROPAGATION_NOT_SUPPORTED);
        this.everyFew = everyFew;
    }

    /** @param everyFew at which writes the connection breaks; 0 for none */
    static ObjectSet of(ObjectSet set, PlatformDatabase database, int everyFew) {
        Apart apart = new Apart(set, database, everyFew);
        return (ObjectSet) Proxy.newProxyInstance(
                Apart.class.getClassLoader(),
                new Class<?>[] {ObjectSet.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "inPlatformDatabase" -> false;
                    case "asTarget", "snapshotIn" -> proxy;
                    case "write" -> apart.write(method, arguments);
                    default -> apart.call(method, arguments);
                });
    }

    private @Nullable Object write(Method method, Object[] arguments) {
        int number = writes.incrementAndGet();
        boolean breaks = everyFew > 0 && number % everyFew == 0 && number / everyFew <= BREAKS;
        if (breaks && number % 2 == 0) {
            throw new SystemUnavailable("The connection broke, as the test wants it.", null);
        }
        Object answer = call(method, arguments);
        if (breaks) {
            throw new SystemUnavailable("The answer was lost, as the test wants it.", null);
        }
        return answer;
    }

    private @Nullable Object call(Method method, Object @Nullable [] arguments) {
        return none.execute(status -> {
            try {
                return method.invoke(set, arguments);
            } catch (InvocationTargetException e) {
                if (e.getCause() instanceof RuntimeException cause) {
                    throw cause;
                }
                throw new IllegalStateException(e);
            } catch (IllegalAccessException e) {
                throw new IllegalStateException(e);
            }
        });
    }
}
