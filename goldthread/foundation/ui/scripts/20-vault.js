/* Where unsent typing waits on this device. It is encrypted with a key that only the server can say, to this person alone:
   the next person at the same machine cannot read it. Without encryption (no secure connection) it lives in this tab only. */
Gold.vault = (() => {
  const PREFIX = `kept:${Gold.who}:`;
  const LASTS = 3 * 24 * 60 * 60 * 1000;
  const secret = document.documentElement.dataset.key;
  const crypt = globalThis.crypto?.subtle;
  const place = () => (crypt ? localStorage : sessionStorage);
  const bytes = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  const text = (buffer) => btoa(Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte)).join(""));

  let imported = null;
  const key = () => (imported ??= crypt.importKey(
    "raw", Uint8Array.from(secret.match(/../g), (pair) => parseInt(pair, 16)), "AES-GCM", false, ["encrypt", "decrypt"],
  ));

  const seal = async (value) => {
    const plain = JSON.stringify({ at: Date.now(), value });
    if (!crypt) return plain;
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const sealed = await crypt.encrypt({ name: "AES-GCM", iv }, await key(), new TextEncoder().encode(plain));
    return `${text(iv)}.${text(sealed)}`;
  };

  const unseal = async (sealed) => {
    if (!crypt) return JSON.parse(sealed);
    const [iv, body] = sealed.split(".").map(bytes);
    return JSON.parse(new TextDecoder().decode(await crypt.decrypt({ name: "AES-GCM", iv }, await key(), body)));
  };

  /* Writes happen one after another, so that an older text never overwrites a newer one. */
  let queue = Promise.resolve();
  const inTurn = (work) => (queue = queue.then(work).catch(() => undefined));

  return {
    ready: Boolean(Gold.who && secret),
    put: (name, value) => inTurn(async () => place().setItem(PREFIX + name, await seal(value))),
    drop: (name) => inTurn(() => place().removeItem(PREFIX + name)),
    get: async (name) => {
      await queue;
      const sealed = place().getItem(PREFIX + name);
      if (!sealed) return null;
      try {
        const kept = await unseal(sealed);
        if (Date.now() - kept.at < LASTS) return kept.value;
      } catch { /* sealed under another key: of no use to anybody */ }
      place().removeItem(PREFIX + name);
      return null;
    },
    empty: () => {
      for (const shelf of [localStorage, sessionStorage]) {
        for (const name of Object.keys(shelf)) if (name.startsWith(PREFIX)) shelf.removeItem(name);
      }
    },
  };
})();
