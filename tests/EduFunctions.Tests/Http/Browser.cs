using Microsoft.Playwright;

namespace EduFunctions.Tests.Http;

/// <summary>A real browser: the machine's own Chromium, or, where it has none, the one that Playwright fetches (once per user).</summary>
internal sealed class Browser : IAsyncDisposable
{
    private static readonly string[] Programs = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome.exe"];

    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;

    private Browser(IPlaywright playwright, IBrowser browser) => (_playwright, _browser) = (playwright, browser);

    public static async Task<Browser> StartAsync()
    {
        var installed = Installed();
        if (installed is null && Microsoft.Playwright.Program.Main(["install", "chromium"]) != 0)
        {
            throw new InvalidOperationException("There is no Chromium, and Playwright could not fetch one. Install chromium and run again.");
        }

        var playwright = await Playwright.CreateAsync();
        var options = new BrowserTypeLaunchOptions { ExecutablePath = installed, Args = ["--no-sandbox"], Timeout = 120_000 };
        return new Browser(playwright, await playwright.Chromium.LaunchAsync(options));
    }

    /// <summary>A page of its own, with nothing remembered.</summary>
    public async Task<IPage> OpenAsync(string address, ColorScheme scheme = ColorScheme.Light, int width = 1280, int height = 900, string locale = "en-GB")
    {
        var context = await _browser.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = address,
            ColorScheme = scheme,
            Locale = locale,
            ViewportSize = new ViewportSize { Width = width, Height = height },
        });
        context.SetDefaultTimeout(60_000);
        return await context.NewPageAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }

    private static string? Installed() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .SelectMany(folder => Programs.Select(name => Path.Combine(folder, name)))
            .FirstOrDefault(File.Exists);
}
