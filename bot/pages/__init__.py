"""The few pages that this process shows to whoever follows a link: plain HTML, without scripts, cookies or forms."""
