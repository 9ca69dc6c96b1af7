using EduFunctions.Simulators.Http;

namespace EduFunctions.Simulators.Azurite;

/// <summary>One port for each of Azurite's services; nobody here uses tables, but Azurite starts them.</summary>
internal sealed record StoragePorts(int Blob, int Queue, int Table)
{
    private const int UsualBlob = 10000;
    private const int UsualQueue = 10001;

    public static string UsualAreTaken { get; } =
        $"port {UsualBlob} or {UsualQueue}, where UseDevelopmentStorage=true looks, is taken by something that is no storage. End that, or leave UseDevelopmentStorage=true out.";

    public static StoragePorts Usual => new(UsualBlob, UsualQueue, FreePort.Find());

    public static StoragePorts Free() => new(FreePort.Find(), FreePort.Find(), FreePort.Find());

    public bool AreFree() => FreePort.IsFree(Blob) && FreePort.IsFree(Queue);
}
