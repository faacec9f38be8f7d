// Runs once in each new context, before any script: takes away what scripts do not need, bounds built-ins whose loops cannot be stopped
// from outside, puts openidm, logger and identityServer in scope, and freezes everything, so that no script finds traces of another.
(function (host, limits) {
  'use strict';
  const global = globalThis;
  const {apply, defineProperty, deleteProperty, getOwnPropertyDescriptor, getPrototypeOf, ownKeys} = Reflect;
  const {freeze} = Object;
  const {isArray} = Array;

  const KEPT = new Set([
    'globalThis', 'undefined', 'NaN', 'Infinity', 'Object', 'Function', 'Array', 'String', 'Number', 'Boolean', 'Symbol', 'Date', 'Math',
    'JSON', 'Reflect', 'RegExp', 'Promise', 'Map', 'Set', 'WeakMap', 'WeakSet', 'Error', 'AggregateError', 'EvalError', 'RangeError',
    'ReferenceError', 'SyntaxError', 'TypeError', 'URIError', 'ArrayBuffer', 'DataView', 'Int8Array', 'Uint8Array', 'Uint8ClampedArray',
    'Int16Array', 'Uint16Array', 'Int32Array', 'Uint32Array', 'Float32Array', 'Float64Array', 'isNaN', 'isFinite', 'parseInt',
    'parseFloat', 'encodeURI', 'encodeURIComponent', 'decodeURI', 'decodeURIComponent', 'escape', 'unescape', 'eval',
  ]);
  for (const key of ownKeys(global)) {
    if (!KEPT.has(key)) {
      deleteProperty(global, key);
    }
  }

  function replace(owner, name, make) {
    const original = owner[name];
    const guarded = make(original);
    defineProperty(guarded, 'name', {value: original.name, configurable: true});
    defineProperty(guarded, 'length', {value: original.length, configurable: true});
    defineProperty(owner, name, {value: guarded, writable: true, enumerable: false, configurable: true});
  }

  // Without Proxy an own length cannot lie; an inherited one can be a getter, except that of typed arrays, which are bounded anyway.
  function boundedLength(list) {
    if (list === null || list === undefined || isArray(list) || typeof list === 'string' || ArrayBuffer.isView(list)) {
      return list === null || list === undefined ? 0 : list.length;
    }
    const own = getOwnPropertyDescriptor(Object(list), 'length');
    if (own === undefined && !('length' in Object(list))) {
      return 0;
    }
    if (own === undefined || typeof own.value !== 'number') {
      throw new TypeError('Only arrays, strings and objects with a plain length can be used as a list.');
    }
    return own.value;
  }
  function checkLength(length) {
    if (length > limits.elements) {
      throw new RangeError('A list of ' + length + ' elements is longer than a script may use.');
    }
  }

  const constantTime = ['constructor', 'push', 'pop', 'at', 'keys', 'values', 'entries', 'toString', 'concat'];
  for (const name of ownKeys(Array.prototype)) {
    if (typeof name === 'string' && typeof Array.prototype[name] === 'function' && !constantTime.includes(name)) {
      replace(Array.prototype, name, (original) => ({
        method(...args) {
          checkLength(boundedLength(this));
          return apply(original, this, args);
        },
      }).method);
    }
  }
  replace(Array.prototype, 'concat', (original) => ({
    concat(...args) {
      let length = boundedLength(this);
      for (let i = 0; i < args.length; i++) {
        length += isArray(args[i]) ? args[i].length : 1;
      }
      checkLength(length);
      return apply(original, this, args);
    },
  }).concat);
  replace(Array, 'from', (original) => ({
    from(items, ...rest) {
      if (items !== null && items !== undefined && typeof items[Symbol.iterator] !== 'function') {
        checkLength(boundedLength(items));
      }
      return apply(original, this, [items, ...rest]);
    },
  }).from);
  replace(Object, 'assign', (original) => ({
    assign(target, ...sources) {
      for (let i = 0; i < sources.length; i++) {
        if (typeof sources[i] === 'string' && sources[i].length > 10000) {
          throw new RangeError('A string is no source of attributes.');
        }
      }
      return apply(original, this, [target, ...sources]);
    },
  }).assign);
  const replaceText = String.prototype.replace;
  replace(String.prototype, 'replaceAll', (original) => ({
    replaceAll(search, replacement) {
      if (search !== null && search !== undefined && search[Symbol.replace] !== undefined) {
        return apply(original, this, [search, replacement]);
      }
      // The engine bounds what replace with a pattern makes, but not what replaceAll makes.
      const pattern = apply(replaceText, String(search), [/[\\^$.*+?()[\]{}|\/]/g, '\\$&']);
      return apply(replaceText, String(this), [new RegExp(pattern, 'g'), replacement]);
    },
  }).replaceAll);
  // Nested generators resume inside each other without calling a function that could be counted; these can.
  const generators = getPrototypeOf(function* () {}).prototype;
  for (const name of ['next', 'return', 'throw']) {
    replace(generators, name, (original) => ({
      method(value) {
        return apply(original, this, [value]);
      },
    }).method);
  }

  const crypto = (value) => (value !== null && typeof value === 'object' ? value.$crypto : undefined);
  const openidm = {
    read: (path, parameters, fields) => host.read(path),
    query: (objectSet, parameters, fields) => host.query(objectSet, parameters, fields),
    create: (objectSet, id, content, parameters, fields) => host.create(objectSet, id, content),
    update: (path, revision, content, parameters, fields) => host.update(path, revision, content),
    patch: (path, revision, operations, parameters, fields) => host.patch(path, revision, operations),
    delete: (path, revision, parameters, fields) => host.delete(path, revision),
    encrypt: (value, cipher, alias) => host.encrypt(value, cipher, alias),
    decrypt: (value) => host.decrypt(value),
    hash: (value, algorithm, options) => host.hash(value, algorithm, options),
    matches: (text, value) => host.matches(text, value),
    isEncrypted: (value) => crypto(value) != null && crypto(value).type !== 'salted-hash',
    isHashed: (value) => crypto(value) != null && crypto(value).type === 'salted-hash',
  };
  openidm.action = (path, name, content) => {
    switch (name) {
      case 'create':
        return host.create(path, null, content);
      case 'patch':
        return host.patch(path, null, content);
      default:
        throw new Error('openidm.action knows create (of an object set) and patch (of an object).');
    }
  };
  const logger = {};
  for (const level of ['trace', 'debug', 'info', 'warn', 'error']) {
    logger[level] = (format, ...args) => host.log(level, format, ...args);
  }
  const identityServer = {
    getProperty(name, otherwise) {
      const value = host.property(String(name));
      return value === null && otherwise !== undefined ? otherwise : value;
    },
  };
  defineProperty(global, 'openidm', {value: openidm});
  defineProperty(global, 'logger', {value: logger});
  defineProperty(global, 'identityServer', {value: identityServer});

  const intrinsics = new Set();
  const work = [
    async function () {}, function* () {}, async function* () {}, [][Symbol.iterator](), ''[Symbol.iterator](), new Map().entries(),
    new Set().entries(), 'x'.matchAll(/x/g), (function* () {})(), (async function* () {})(),
  ];
  for (const key of ownKeys(global)) {
    work.push(global[key]);
  }
  while (work.length > 0) {
    const object = work.pop();
    if (object === null || (typeof object !== 'object' && typeof object !== 'function') || object === global || intrinsics.has(object)) {
      continue;
    }
    intrinsics.add(object);
    work.push(getPrototypeOf(object));
    for (const key of ownKeys(object)) {
      const {value, get, set} = getOwnPropertyDescriptor(object, key);
      work.push(value, get, set);
    }
  }

  // An object that inherits a frozen property cannot be given one of its own by assignment, and `error.name = …` or `object.toString = …`
  // would be lost in silence. An accessor that defines it on the object itself gives assignment its usual meaning back.
  function overridable(prototype) {
    for (const key of ownKeys(prototype)) {
      const property = getOwnPropertyDescriptor(prototype, key);
      if (typeof key === 'string' && 'value' in property) {
        const value = property.value;
        // Methods, because functions would each bring a prototype object along.
        const accessor = {
          get() {
            return value;
          },
          set(own) {
            if (this === prototype) {
              throw new TypeError('Built-in objects cannot be changed.');
            }
            defineProperty(this, key, {value: own, writable: true, enumerable: true, configurable: true});
          },
        };
        freeze(accessor.get);
        freeze(accessor.set);
        defineProperty(prototype, key, {get: accessor.get, set: accessor.set, enumerable: false, configurable: false});
      }
    }
  }
  const errors = [Error, AggregateError, EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError];
  [Object, Function, ...errors].forEach((type) => overridable(type.prototype));
  intrinsics.forEach((object) => freeze(object));

  const known = new Set(ownKeys(global));
  for (const key of known) {
    const property = getOwnPropertyDescriptor(global, key);
    defineProperty(global, key, 'value' in property ? {writable: false, configurable: false} : {configurable: false});
  }
  const count = known.size;
  const prototype = getPrototypeOf(global);

  return freeze({
    names: [...known].filter((key) => typeof key === 'string'),
    // Removes what a script left on the global object; false when something stays.
    tidy() {
      if (getPrototypeOf(global) !== prototype) {
        return false;
      }
      const keys = ownKeys(global);
      if (keys.length === count) {
        return true;
      }
      let gone = true;
      for (let i = 0; i < keys.length; i++) {
        if (!known.has(keys[i])) {
          gone = deleteProperty(global, keys[i]) && gone;
        }
      }
      return gone;
    },
  });
});
