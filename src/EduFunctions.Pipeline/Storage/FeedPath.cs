namespace EduFunctions.Pipeline.Storage;

/// <summary>Where the files of a feed lie: what was sent among the feeds, what is kept from night to night in the state.</summary>
public static class FeedPath
{
    private const string Aside = "held/";

    public static string Folder(string tenant, string run, string feed) => $"{tenant}/{run}/{feed}";

    public static string Sent(string tenant, string run, string feed, string file) => $"{Folder(tenant, run, feed)}/{file}";

    /// <summary>What a run had sent before it sent the feed once more.</summary>
    public static string SetAside(string tenant, string run, string feed, string file) => Sent(tenant, run, feed, Aside + file);

    public static string FolderAside(string tenant, string run, string feed) => Sent(tenant, run, feed, Aside.TrimEnd('/'));

    /// <summary>One folder below it for each feed.</summary>
    public static string States(string tenant) => $"{tenant}/feeds/";

    public static string State(string tenant, string feed, string file) => $"{States(tenant)}{feed}/{file}";

    /// <summary>In place of a feed's name, for what is on record of a target that no feed goes to: no feed can have this name.</summary>
    public static string Unfed(string target) => $"@{target}";

    /// <summary>A file that says what the target may have and is never sent.</summary>
    public static string Kept(string tenant, string run, string feed, string file) => State(tenant, feed, $"{run}/{file}");
}
