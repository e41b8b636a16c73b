import gc

# Nothing that is made at the start is garbage; looking for it takes a third of the time to the first screen.
gc.set_threshold(10_000)

from bot.cli import main  # noqa: E402

main()
