/* Read from the disk, a page may start no worker: the search then runs in a hidden frame. */
(function () {
  if (location.protocol !== "file:") return;

  function FrameWorker(address) {
    var url = new URL(address, location.href).href;
    var self = this, listeners = [], waiting = [], ready = false;
    var frame = document.createElement("iframe");
    frame.hidden = true;
    document.body.appendChild(frame);
    var inside = frame.contentWindow;
    inside.postMessage = function (data) {
      var event = new MessageEvent("message", { data: data });
      listeners.forEach(function (listener) { listener(event); });
      if (self.onmessage) self.onmessage(event);
    };
    inside.importScripts = function () {
      return Array.prototype.reduce.call(arguments, function (before, source) {
        return before.then(function () {
          return new Promise(function (done, failed) {
            var script = inside.document.createElement("script");
            script.src = new URL(source, url);
            script.onload = done;
            script.onerror = failed;
            inside.document.body.appendChild(script);
          });
        });
      }, Promise.resolve());
    };
    this.addEventListener = function (kind, listener) { if (kind === "message") listeners.push(listener); };
    this.removeEventListener = function (kind, listener) {
      listeners = listeners.filter(function (other) { return other !== listener; });
    };
    this.postMessage = function (data) {
      if (ready) inside.dispatchEvent(new MessageEvent("message", { data: data }));
      else waiting.push(data);
    };
    this.terminate = function () { frame.remove(); };
    inside.importScripts(url).then(function () {
      ready = true;
      waiting.splice(0).forEach(self.postMessage);
    });
  }
  window.Worker = FrameWorker;
})();
