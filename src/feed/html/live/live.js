// What pages of a server can do beside being read: search while somebody types,
// and show what is new as it comes. Without this, forms and links do the rest.
(() => {
  "use strict";

  const WAIT = 160; // Milliseconds that somebody who types pauses for.
  const NEAR_TOP = 240; // Pixels; further down nothing may move what is read.

  const form = document.querySelector("form[role=search]");
  const told = document.getElementById("told");
  const results = () => document.getElementById("results");
  const list = () => document.getElementById("list");
  const calm = matchMedia("(prefers-reduced-motion: reduce)");

  // The address of the page without a place in it, and of what is shown.
  const bare = () => location.href.split("#")[0];
  let shown = bare();

  // The address in the browser's bar is going to change, and the root with it.
  const root = document.baseURI;
  document.querySelector("base").href = root;

  let title = document.title;
  let turn = null;
  const fetched = async (address) => {
    turn?.abort();
    const mine = (turn = new AbortController());
    const answer = await fetch(address, { signal: mine.signal, headers: { Accept: "text/html" } });
    if (!answer.ok) throw new Error(answer.statusText);
    const text = await answer.text();
    if (turn !== mine) throw new DOMException("", "AbortError");
    turn = null;
    return new DOMParser().parseFromString(text, "text/html");
  };

  const say = (words) => {
    told.textContent = "";
    // What is the same as before would not be said again.
    setTimeout(() => { told.textContent = words; }, 50);
  };

  // What stands around the results changes with them.
  const swap = (next) => {
    results().replaceWith(document.adoptNode(next.getElementById("results")));
    for (const selector of ["link[rel=alternate]", "link[rel=next]", "link[rel=canonical]"]) {
      document.head.querySelectorAll(selector).forEach((link) => link.remove());
      document.head.append(...next.head.querySelectorAll(selector));
    }
    document.querySelector(".skip").href = new URL("#main", location.href);
    title = document.title = next.title;
    forget();
  };

  // Searching while somebody types.

  // What is shown is asked for again by this: where nothing had a half word, what
  // begins with it was found, and that stays.
  const again = () => new URL(results()?.dataset.at ?? location.href, root);

  const asked = (fields, page) => {
    const query = new URLSearchParams();
    for (const [name, value] of new FormData(fields)) {
      if (value.trim()) query.append(name, value.trim());
    }
    return new URL(query.size ? `${page}?${query}` : page === "search" ? "./" : page, root);
  };

  let timer = 0;
  const look = async (fields, page, isTyping) => {
    clearTimeout(timer);
    timer = 0;
    const address = asked(fields, page);
    const wanted = new URL(address);
    if (isTyping) wanted.searchParams.set("typing", "1");
    try {
      const next = await fetched(wanted);
      const isFirst = !history.state?.searched;
      if (address.href !== location.href) {
        history[isFirst ? "pushState" : "replaceState"]({ searched: true }, "", address);
        shown = bare();
      }
      swap(next);
      say(results().dataset.told ?? "");
      if (!isTyping && scrollY > NEAR_TOP) scrollTo(0, 0);
    } catch (error) {
      if (error.name !== "AbortError" && !isTyping) location.href = address;
    }
  };

  const listen = (fields, page) => {
    const soon = (event) => {
      if (event.isComposing || event.target.type !== "search") return;
      clearTimeout(timer);
      timer = setTimeout(() => look(fields, page, true), WAIT);
    };
    fields.addEventListener("input", soon);
    fields.addEventListener("compositionend", soon);
    fields.addEventListener("change", (event) => {
      if (event.target.matches("select")) look(fields, page, false);
    });
    fields.addEventListener("submit", (event) => {
      event.preventDefault();
      look(fields, page, false);
    });
  };
  if (list()) listen(form, "search");
  const narrow = document.getElementById("narrow");
  if (narrow) listen(narrow, narrow.getAttribute("action"));

  // The way back leads to another search, or to the page before the first. A
  // link to a place in this page is told of as well.
  addEventListener("popstate", () => {
    if (bare() !== shown) location.reload();
  });

  // What is new.

  let waiting = null;
  let button = null;
  const forget = () => {
    waiting = null;
    button?.remove();
    button = null;
  };

  const fresh = (next) => {
    const cards = [...next.querySelectorAll("#list > .card")];
    return cards.filter((card) => !document.getElementById(card.id));
  };

  const count = (cards) => `${cards.length} new ${cards.length === 1 ? "entry" : "entries"}`;

  // What can be chosen follows, unless somebody is choosing.
  const choose = (next) => {
    const [now, then] = [form, next].map((one) => one.querySelector(".filters"));
    if (!then || now?.contains(document.activeElement)) return;
    then.open = now?.open ?? false;
    if (now?.isEqualNode(then)) return;
    now?.remove();
    told.before(document.adoptNode(then));
  };

  // Cards that are as they were stay, and keep the focus and what is selected.
  const merge = (next) => {
    const added = fresh(next);
    const wanted = [...next.getElementById("list").children].map((node) => {
      const now = node.id && document.getElementById(node.id);
      return now && now.isEqualNode(node) ? now : document.adoptNode(node);
    });
    const to = list();
    wanted.forEach((node, at) => {
      if (to.children[at] !== node) to.insertBefore(node, to.children[at] ?? null);
    });
    while (to.children.length > wanted.length) to.lastElementChild.remove();
    for (const selector of [".pages", ".beside", ".about"]) {
      const [now, then] = [results().querySelector(selector), next.querySelector(`#results ${selector}`)];
      if (now && then && !now.isEqualNode(then)) now.replaceWith(document.adoptNode(then));
    }
    choose(next);
    forget();
    if (calm.matches) return added;
    for (const card of added) {
      card.animate(
        [{ opacity: 0, transform: "translateY(-.75rem)" }, { opacity: 1, transform: "none" }],
        { duration: 500, easing: "ease-out" },
      );
    }
    return added;
  };

  const offer = (next, cards) => {
    waiting = next;
    if (!button) {
      button = document.createElement("button");
      button.className = "arrived";
      button.type = "button";
      button.addEventListener("click", () => {
        const [first] = merge(waiting);
        document.title = title;
        scrollTo({ top: 0, behavior: calm.matches ? "auto" : "smooth" });
        first?.querySelector("a")?.focus({ preventScroll: true });
      });
      results().before(button);
    }
    button.textContent = count(cards);
  };

  const refresh = async () => {
    if (!list() || results().dataset.live === undefined || turn || timer) return;
    try {
      const next = await fetched(again());
      if (!next.getElementById("list")) return;
      const cards = fresh(next);
      if (scrollY > NEAR_TOP && cards.length) offer(next, cards);
      else merge(next);
      if (!cards.length) return;
      say(count(cards));
      if (document.hidden) document.title = `(${cards.length}) ${title}`;
    } catch {
      // The next news comes, or the connection is tried again.
    }
  };

  let source = null;
  // What was published last when the page was made.
  let published = results()?.dataset.live;
  const connect = () => {
    if (source || !list()) return;
    source = new EventSource(new URL("live", root));
    source.addEventListener("published", (event) => {
      const isNews = published !== event.data;
      published = event.data;
      if (isNews) refresh();
    });
  };
  const disconnect = () => {
    source?.close();
    source = null;
  };
  connect();
  addEventListener("pagehide", disconnect);
  addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    connect();
    refresh();
  });
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) document.title = title;
  });
})();
