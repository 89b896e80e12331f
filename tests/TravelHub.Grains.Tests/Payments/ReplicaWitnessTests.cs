using System.Net;
using Microsoft.Extensions.Time.Testing;
using TravelHub.Grains.Abstractions.Payments;
using TravelHub.Grains.Payments;

namespace TravelHub.Grains.Tests.Payments;

public sealed class ReplicaWitnessTests
{
    private static readonly SiloAddress Silo = SiloAddress.New(IPAddress.Loopback, 1, 1);

    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(10);

    private readonly TaskCompletionSource _answer = new();
    private readonly TaskCompletionSource<bool> _ping = new();
    private readonly TaskCompletionSource<bool> _areWhole = new();

    [Fact]
    public async Task Judge_AnswerInTime_SaysNothing()
    {
        _answer.SetResult();

        Assert.Null(await Judge());
    }

    [Fact]
    public async Task Judge_PingIsAnsweredAndTheCallNever_IsOmission()
    {
        _ping.SetResult(true);

        Assert.Equal(Sighting.Omission, await Judge());
    }

    [Fact]
    public async Task Judge_PingIsAnsweredAndTheCallLongAfter_IsLate()
    {
        var time = new FakeTimeProvider();
        var judged = Judge(omittedAfter: TimeSpan.FromSeconds(20), time);
        _ping.SetResult(true);
        for (var elapsed = TimeSpan.Zero; !judged.IsCompleted; elapsed += Step)
        {
            time.Advance(Step);
            if (elapsed > TimeSpan.FromSeconds(10))
                _answer.TrySetResult();
            await Task.Yield();
        }

        Assert.Equal(Sighting.Late, await judged);
    }

    [Fact]
    public async Task Judge_NeitherAnswers_IsAbsent()
    {
        _ping.SetResult(false);

        Assert.Equal(Sighting.Absent, await Judge());
    }

    /// <summary>Whatever holds up the ping too excuses the replica.</summary>
    [Fact]
    public async Task Judge_CallIsAnsweredBeforeThePing_SaysNothing()
    {
        var judged = Judge();
        _answer.SetResult();

        Assert.Null(await judged);
    }

    [Theory]
    [InlineData(typeof(SiloUnavailableException), Sighting.Absent)]
    [InlineData(typeof(TimeoutException), Sighting.Absent)]
    [InlineData(typeof(InvalidOperationException), Sighting.Malformed)]
    public async Task Judge_CallFails_TellsTheClusterFromTheReplica(Type error, Sighting expected)
    {
        _answer.SetException((Exception)Activator.CreateInstance(error)!);

        Assert.Equal(expected, await Judge());
    }

    /// <summary>Something on the way to it hangs, until that is known to be dead; but silence that lasts, while all silos answer and stay, is its own.</summary>
    [Theory]
    [InlineData(true, Sighting.Omission)]
    [InlineData(false, Sighting.Absent)]
    public async Task Judge_OutOfReachForLong_IsOmissionIfAllSilosStay(bool allStay, Sighting expected)
    {
        var time = new FakeTimeProvider();
        var witness = new ReplicaWitness(() => 1, _ => _ping.Task, _ => _areWhole.Task, Options(), time);
        _ping.SetResult(false);
        _areWhole.SetResult(allStay);

        Assert.Equal(Sighting.Absent, await Run(witness, time));
        time.Advance(TimeSpan.FromSeconds(8));
        Assert.Equal(expected, await Run(witness, time));
    }

    /// <summary>Two short absences, with a slow answer between them, are not one long one.</summary>
    [Fact]
    public async Task Judge_ReachedBetween_BeginsAnew()
    {
        var time = new FakeTimeProvider();
        var ping = Task.FromResult(false);
        var witness = new ReplicaWitness(() => 1, _ => ping, _ => Task.FromResult(true), Options(), time);
        Assert.Equal(Sighting.Absent, await Run(witness, time));

        ping = new TaskCompletionSource<bool>().Task;
        var slow = new TaskCompletionSource();
        var judged = witness.Judge(slow.Task, Silo);
        time.Advance(TimeSpan.FromMilliseconds(30));
        slow.SetResult();
        Assert.Null(await judged);

        time.Advance(TimeSpan.FromSeconds(9));
        ping = Task.FromResult(false);
        Assert.Equal(Sighting.Absent, await Run(witness, time));
    }

    /// <summary>Its silo has just started, or it has just come there: its code may have to be compiled first.</summary>
    [Fact]
    public async Task Judge_ReplicaIsNewToItsSilo_AccusesNobody()
    {
        _ping.SetResult(true);

        Assert.Equal(Sighting.Absent, await Judge(settlesWithin: TimeSpan.FromMinutes(10)));
    }

    /// <summary>A silo went or came: who leads the way to grains is busy with it, though silos answer at once.</summary>
    [Fact]
    public async Task Judge_MembershipHasChanged_AccusesNobodyForAWhile()
    {
        var time = new FakeTimeProvider();
        var view = 1L;
        var witness = new ReplicaWitness(() => view, _ => _ping.Task, _ => _areWhole.Task, Options(settlesWithin: TimeSpan.FromSeconds(5)), time);
        var answered = new TaskCompletionSource();
        answered.SetResult();
        await witness.Judge(answered.Task, Silo);
        time.Advance(TimeSpan.FromSeconds(6));
        view = 2;
        _ping.SetResult(true);

        Assert.Equal(Sighting.Absent, await Run(witness, time));
        time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(Sighting.Omission, await Run(witness, time));
    }

    /// <summary>Whoever asks for it may wait for a placement that hangs with the silos that died; the silo on which it is to be answers all the while.</summary>
    [Theory]
    [InlineData("an answer", Sighting.Omission)]
    [InlineData("a ping", Sighting.Omission)]
    [InlineData("nothing", Sighting.Absent)]
    public async Task Judge_OutOfReachSinceMembershipChanged_IsNoOmissionUnlessItWasHeardSince(string heard, Sighting expected)
    {
        var time = new FakeTimeProvider();
        var view = 1L;
        var isPingAnswered = false;
        var witness = new ReplicaWitness(() => view, _ => Task.FromResult(isPingAnswered), _ => Task.FromResult(true), Options(), time);
        await witness.Judge(Task.CompletedTask, Silo);
        view = 2;
        if (heard == "an answer")
            await witness.Judge(Task.CompletedTask, Silo);
        if (heard == "a ping")
        {
            isPingAnswered = true;
            Assert.Equal(Sighting.Omission, await Run(witness, time));   // it was reached, and the call was not answered
            isPingAnswered = false;
        }

        Assert.Equal(Sighting.Absent, await Run(witness, time));
        time.Advance(TimeSpan.FromSeconds(8));
        Assert.Equal(expected, await Run(witness, time));
        time.Advance(TimeSpan.FromSeconds(27));
        Assert.Equal(Sighting.Omission, await Run(witness, time));
    }

    private async Task<Sighting?> Run(ReplicaWitness witness, FakeTimeProvider time)
    {
        var judged = witness.Judge(_answer.Task, Silo);
        while (!judged.IsCompleted)
        {
            time.Advance(Step);
            await Task.Yield();
        }

        return await judged;
    }

    private static PaymentOptions Options(TimeSpan? omittedAfter = null, TimeSpan? settlesWithin = null) => new()
    {
        LateAfter = TimeSpan.FromMilliseconds(20), OmittedAfter = omittedAfter ?? TimeSpan.FromMilliseconds(20), VoteTimeout = TimeSpan.FromSeconds(30),
        SettlesWithin = settlesWithin ?? TimeSpan.Zero,
    };

    private Task<Sighting?> Judge(TimeSpan? omittedAfter = null, TimeProvider? time = null, TimeSpan? settlesWithin = null)
    {
        var options = Options(omittedAfter, settlesWithin);
        return new ReplicaWitness(() => 1, _ => _ping.Task, _ => _areWhole.Task, options, time ?? TimeProvider.System).Judge(_answer.Task, Silo);
    }
}
