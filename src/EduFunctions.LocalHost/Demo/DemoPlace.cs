using EduFunctions.LocalHost.Local;
using EduFunctions.Simulators.Node;

namespace EduFunctions.LocalHost.Demo;

/// <summary>Where a demo writes and stores. One that is begun in a folder where another is at work has places of its own.</summary>
internal sealed class DemoPlace : IDisposable
{
    private readonly FileStream _taken;

    private DemoPlace(FileStream taken, string output, string storage)
    {
        _taken = taken;
        (Output, Storage, IsFirst) = (output, storage, storage == LocalStorage.DataFolder);
    }

    public string Output { get; }

    /// <summary>The servers' addresses and what opens them, while they are up.</summary>
    public string Town => $"{Output}/town";

    /// <summary>Where Azurite stores when the demo is given no other storage.</summary>
    public string Storage { get; }

    /// <summary>Whether commands that are given no storage find this demo's.</summary>
    public bool IsFirst { get; }

    public static DemoPlace Take()
    {
        for (var number = 1; ; number++)
        {
            var suffix = number == 1 ? "" : $"-{number}";
            var output = $"out/demo{suffix}";
            if (FileLock.TryTake(Path.Combine(PrivateFiles.Folder(output), ".lock")) is { } taken)
            {
                return new DemoPlace(taken, output, LocalStorage.DataFolder + suffix);
            }
        }
    }

    public void Dispose() => _taken.Dispose();
}
