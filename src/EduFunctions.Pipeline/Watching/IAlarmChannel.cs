using EduFunctions.Pipeline.Contracts;

namespace EduFunctions.Pipeline.Watching;

/// <summary>Somebody who is to be told, by a name within the tenant's settings that does not change while those do not.</summary>
/// <param name="ReachAsync">Goes as far as one can without telling anybody anything: connection, certificate, login.</param>
public sealed record AlarmReceiver(string Name, Func<AlarmMessage, CancellationToken, Task> SendAsync, Func<CancellationToken, Task> ReachAsync);

/// <summary>A way to people.</summary>
public interface IAlarmChannel
{
    IEnumerable<AlarmReceiver> Receivers(AlarmSettings settings);
}
