package io.passgate.crypto;

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
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.KeySpec;
import java.util.ArrayList;
import java.util.List;
import javax.security.auth.Destroyable;

/** The fallback provider with keys that hold on to something until they are destroyed, as those of native ones do. */
final class DestroyableKeys extends Provider {
    private static final long serialVersionUID = 1;

    final transient List<DestroyableKey> made = new ArrayList<>();

    DestroyableKeys() {
        super("DestroyableKeys", "1", "for a test");
        Provider real = CryptoProviders.fallback();
        putService(new Service(this, "KeyFactory", "EC", Factory.class.getName(), null, null) {
            @Override
            public Object newInstance(Object unused) {
                return new Factory(real, made);
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

    /** A public key of the fallback provider. */
    static final class DestroyableKey implements ECPublicKey, Destroyable {
        private static final long serialVersionUID = 1;

        private final ECPublicKey real;
        private boolean destroyed;

        private DestroyableKey(ECPublicKey real) {
            this.real = real;
        }

        @Override
        public void destroy() {
            destroyed = true;
        }

        @Override
        public boolean isDestroyed() {
            return destroyed;
        }

        @Override
        public ECPoint getW() {
            return real.getW();
        }

        @Override
        public ECParameterSpec getParams() {
            return real.getParams();
        }

        @Override
        public String getAlgorithm() {
            return real.getAlgorithm();
        }

        @Override
        public String getFormat() {
            return real.getFormat();
        }

        @Override
        public byte[] getEncoded() {
            return real.getEncoded();
        }
    }

    private static final class Factory extends KeyFactorySpi {
        private final Provider real;
        private final List<DestroyableKey> made;

        private Factory(Provider real, List<DestroyableKey> made) {
            this.real = real;
            this.made = made;
        }

        @Override
        protected PublicKey engineGeneratePublic(KeySpec spec) throws InvalidKeySpecException {
            try {
                DestroyableKey key = new DestroyableKey(
                        (ECPublicKey) KeyFactory.getInstance("EC", real).generatePublic(spec));
                made.add(key);
                return key;
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
