package io.passgate.crypto;

import java.lang.reflect.Proxy;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.KeyFactorySpi;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.KeySpec;
import javax.security.auth.Destroyable;

/** The fallback provider with keys that hold on to something until they are destroyed, as those of native ones do. */
final class DestroyableKeys extends Provider {
    private static final long serialVersionUID = 1;

    int made;
    int destroyed;

    DestroyableKeys() {
        super("DestroyableKeys", "1", "for a test");
        Provider real = CryptoProviders.fallback();
        putService(new Service(this, "KeyFactory", "EC", Factory.class.getName(), null, null) {
            @Override
            public Object newInstance(Object unused) {
                return new Factory(real);
            }
        });
        putService(
                new Service(
                        this,
                        "Signature",
                        "SHA256withECDSAinP1363Format",
                        real.getClass().getName(),
                        null,
                        null) {
                    @Override
                    public Object newInstance(Object parameter) throws NoSuchAlgorithmException {
                        return real.getService(getType(), getAlgorithm()).newInstance(parameter);
                    }
                });
    }

    /** What the key factory answers with: a key of the fallback provider that can be destroyed. */
    private interface DestroyableKey extends ECPublicKey, Destroyable {}

    private DestroyableKey destroyable(PublicKey real) {
        made++;
        return (DestroyableKey) Proxy.newProxyInstance(
                DestroyableKeys.class.getClassLoader(),
                new Class<?>[] {DestroyableKey.class},
                (proxy, method, given) -> {
                    if (method.getName().equals("destroy")) {
                        destroyed++;
                        return null;
                    }
                    return method.invoke(real, given);
                });
    }

    private final class Factory extends KeyFactorySpi {
        private final Provider real;

        private Factory(Provider real) {
            this.real = real;
        }

        @Override
        protected PublicKey engineGeneratePublic(KeySpec spec) throws InvalidKeySpecException {
            try {
                return destroyable(KeyFactory.getInstance("EC", real).generatePublic(spec));
            } catch (InvalidKeySpecException refused) {
                throw refused;
            } catch (GeneralSecurityException missing) {
                throw new IllegalStateException(missing);
            }
        }

        @Override
        protected PrivateKey engineGeneratePrivate(KeySpec spec) {
            throw new UnsupportedOperationException();
        }

        @Override
        protected <T extends KeySpec> T engineGetKeySpec(Key key, Class<T> spec) {
            throw new UnsupportedOperationException();
        }

        @Override
        protected Key engineTranslateKey(Key key) throws InvalidKeyException {
            throw new InvalidKeyException();
        }
    }
}
