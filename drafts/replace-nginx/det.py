# det.py: how many of N waiting connections are answered when the container that they wait for is killed
import socket,subprocess,sys,threading,time
ip=subprocess.check_output(['docker','inspect','-f','{{.NetworkSettings.IPAddress}}','opsbox3'],text=True).strip()
def box(c): return subprocess.run(['docker','exec','opsbox3','sh','-c',c],capture_output=True,text=True)
migrate=sys.argv[1]; N=60
r=box(f'/srv/d/setup.sh {migrate} reuseport; /srv/d/run.sh nb'); print(r.stdout[-200:],r.stderr[-300:])
print('stop', box('docker top na -eo pid,args | grep nginx: ; kill -STOP $(docker top na -eo pid | tail -n +2)').stdout)
res={}
def one(i):
    try:
        s=socket.create_connection((ip,8090),timeout=60)
        s.sendall(b'GET /api/version HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n')
        d=b''
        while True:
            b=s.recv(4096)
            if not b: break
            d+=b
        res[i]='ok' if b'200 OK' in d else 'empty'
    except Exception as e: res[i]=type(e).__name__
ts=[threading.Thread(target=one,args=(i,)) for i in range(N)]
[t.start() for t in ts]
last=-1
while True:
    time.sleep(3)
    if len(res)==last: break
    last=len(res)
print('answered while na stands still:',len(res),'waiting:',N-len(res))
before=dict(res)
print(box('docker kill na').stdout)
[t.join() for t in ts]
from collections import Counter
print('migrate_req',migrate,'those that waited:',Counter(v for k,v in res.items() if k not in before),'the others:',Counter(before.values()))
print(box(r'''awk "/^TcpExt/{ if(!n){split(\$0,k);n=1} else {split(\$0,v); for(i in k) if(k[i]~/Migrate/) print k[i],v[i]}}" /proc/$(docker inspect -f "{{.State.Pid}}" front)/net/netstat''').stdout)
