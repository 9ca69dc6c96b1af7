namespace EduFunctions.Tests.Harness;

/// <summary>
/// A setting of the runtime for every program that tests start. Programs compile well what they come upon (Directory.Build.targets), which pays within a
/// minute; those of tests are over in a second or two.
/// </summary>
internal static class QuickStart
{
    public const string Variable = "DOTNET_TC_QuickJit";

    public const string Yes = "1";
}
